namespace K124.Sim.Networking;

/// <summary>How a cluster-IP range allocates.</summary>
public sealed record ServiceIPRangeOptions
{
    /// <summary>The feature gate ServiceIPStaticSubrange (KEP-3070).</summary>
    /// <value>False: alpha, and off by default in 1.24.</value>
    public bool ServiceIPStaticSubrange { get; init; }

    /// <summary>Release whose behaviour is wanted.</summary>
    /// <value>The newest of the series.</value>
    public KubernetesRelease Release { get; init; }

    /// <summary>Where draws come from: first one below the size of the dynamic band; if that band is full, one more below the
    /// size of the static band.</summary>
    /// <value>Null: a <see cref="SeededRandom"/> of <see cref="Seed"/>.</value>
    public IRandomSource? Random { get; init; }

    /// <summary>Seed of the draws when <see cref="Random"/> is null.</summary>
    /// <value>0.</value>
    public ulong Seed { get; init; }

    /// <summary>Counters that the allocator keeps.</summary>
    /// <value>Null: none.</value>
    public ServiceIPMetrics? Metrics { get; init; }
}
