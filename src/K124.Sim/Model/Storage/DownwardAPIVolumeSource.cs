using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>A volume that holds facts of the pod.</summary>
public sealed record DownwardAPIVolumeSource
{
    private readonly Items<DownwardAPIVolumeFile> _items;

    /// <summary>Mode bits of the files; null before defaulting.</summary>
    public int? DefaultMode { get; init; }

    /// <summary>Entries to take; none means all.</summary>
    public ImmutableArray<DownwardAPIVolumeFile> Items { get => _items.Array; init => _items = new(value); }
}
