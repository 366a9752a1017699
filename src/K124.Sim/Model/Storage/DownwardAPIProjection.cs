using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Facts of the pod in a projected volume.</summary>
public sealed record DownwardAPIProjection
{
    private readonly Items<DownwardAPIVolumeFile> _items;

    /// <summary>Entries to take; none means all.</summary>
    public ImmutableArray<DownwardAPIVolumeFile> Items { get => _items.Array; init => _items = new(value); }
}
