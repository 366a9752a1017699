using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>One scope that a quota counts.</summary>
public sealed record ScopedResourceSelectorRequirement
{
    private readonly Items<string> _values;

    /// <summary>Operator.</summary>
    public string Operator { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the scope.</summary>
    public string ScopeName { get; init => field = value ?? ""; } = "";

    /// <summary>Values.</summary>
    public ImmutableArray<string> Values { get => _values.Array; init => _values = new(value); }
}
