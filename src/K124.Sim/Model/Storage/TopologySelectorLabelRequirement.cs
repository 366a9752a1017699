using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>One requirement on a topology label.</summary>
public sealed record TopologySelectorLabelRequirement
{
    private readonly Items<string> _values;

    /// <summary>Label key.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>Allowed values.</summary>
    public ImmutableArray<string> Values { get => _values.Array; init => _values = new(value); }
}
