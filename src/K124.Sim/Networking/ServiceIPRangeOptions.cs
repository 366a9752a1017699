using K124.Sim.Platform;

namespace K124.Sim.Networking;

/// <summary>How a cluster-IP range allocates.</summary>
public sealed record ServiceIPRangeOptions
{
    /// <summary>Release and feature gates, of which ServiceIPStaticSubrange (KEP-3070) counts here, and the seed of the draws when
    /// <see cref="Random"/> is null.</summary>
    /// <value>The defaults of 1.24, in which the gate is off.</value>
    public ClusterProfile Profile { get; init => field = value ?? ClusterProfile.Default; } = ClusterProfile.Default;

    /// <summary>Where draws come from: first one below the size of the dynamic band; if that band is full, one more below the
    /// size of the static band.</summary>
    /// <value>Null: a <see cref="SeededRandom"/> of the profile's seed.</value>
    public IRandomSource? Random { get; init; }

    /// <summary>Counters that the allocator keeps.</summary>
    /// <value>Null: none.</value>
    public ServiceIPMetrics? Metrics { get; init; }

    internal const string StaticSubrangeGate = "ServiceIPStaticSubrange";
}
