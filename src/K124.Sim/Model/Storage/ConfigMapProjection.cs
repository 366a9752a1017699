using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Entries of a ConfigMap or Secret in a projected volume.</summary>
public sealed record ConfigMapProjection
{
    private readonly Items<KeyToPath> _items;

    /// <summary>Entries to take; none means all.</summary>
    public ImmutableArray<KeyToPath> Items { get => _items.Array; init => _items = new(value); }

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it may be absent.</summary>
    public bool? Optional { get; init; }
}
