using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Several sources in one directory.</summary>
public sealed record ProjectedVolumeSource
{
    private readonly Items<VolumeProjection> _sources;

    /// <summary>Mode bits of the files; null before defaulting.</summary>
    public int? DefaultMode { get; init; }

    /// <summary>The sources.</summary>
    public ImmutableArray<VolumeProjection> Sources { get => _sources.Array; init => _sources = new(value); }
}
