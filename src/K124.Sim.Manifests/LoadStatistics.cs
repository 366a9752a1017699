using K124.Sim.Model;

namespace K124.Sim.Manifests;

/// <summary>How much was read.</summary>
public sealed record LoadStatistics
{
    /// <summary>Number of files, standard input included.</summary>
    public int Files { get; init; }

    /// <summary>Bytes as they are stored (compressed, if they are).</summary>
    public long Bytes { get; init; }

    /// <summary>Number of objects of each modelled kind that occurs.</summary>
    public StringMap<long> Objects { get; init; } = StringMap<long>.Empty;
}
