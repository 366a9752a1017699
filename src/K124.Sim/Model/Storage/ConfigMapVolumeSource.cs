using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>A volume filled from a ConfigMap.</summary>
public sealed record ConfigMapVolumeSource
{
    private readonly Items<KeyToPath> _items;

    /// <summary>Mode bits of the files; null before defaulting.</summary>
    public int? DefaultMode { get; init; }

    /// <summary>Entries to take; none means all.</summary>
    public ImmutableArray<KeyToPath> Items { get => _items.Array; init => _items = new(value); }

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it may be absent.</summary>
    public bool? Optional { get; init; }
}
