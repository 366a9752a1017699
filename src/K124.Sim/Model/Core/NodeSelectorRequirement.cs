using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>One requirement on a node's label or field.</summary>
public sealed record NodeSelectorRequirement
{
    private readonly Items<string> _values;

    /// <summary>Label key or field path.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c>, <c>DoesNotExist</c>, <c>Gt</c> or <c>Lt</c>.</summary>
    public string Operator { get; init => field = value ?? ""; } = "";

    /// <summary>Operands.</summary>
    public ImmutableArray<string> Values { get => _values.Array; init => _values = new(value); }
}
