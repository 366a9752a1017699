using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>One requirement on labels.</summary>
public sealed record LabelSelectorRequirement
{
    private readonly Items<string> _values;

    /// <summary>Label key.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</summary>
    public string Operator { get; init => field = value ?? ""; } = "";

    /// <summary>Operands of <c>In</c> and <c>NotIn</c>.</summary>
    public ImmutableArray<string> Values { get => _values.Array; init => _values = new(value); }
}
