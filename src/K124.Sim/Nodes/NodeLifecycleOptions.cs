namespace K124.Sim.Nodes;

/// <summary>Settings of the node lifecycle controller, with Kubernetes' defaults.</summary>
internal sealed record NodeLifecycleOptions
{
    /// <summary>How often nodes are looked at.</summary>
    public TimeSpan MonitorPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a node may be silent.</summary>
    public TimeSpan MonitorGrace { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a new node may be silent.</summary>
    public TimeSpan StartupGrace { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many nodes of a zone are tainted a second.</summary>
    public float EvictionRate { get; init; } = 0.1f;

    /// <summary>The same for a large zone that is partly disrupted.</summary>
    public float SecondaryEvictionRate { get; init; } = 0.01f;

    /// <summary>Zones with more nodes are large.</summary>
    public int LargeClusterThreshold { get; init; } = 50;

    /// <summary>Share of nodes that are not ready from which a zone is partly disrupted.</summary>
    public float UnhealthyZoneThreshold { get; init; } = 0.55f;

    /// <summary>Whether nodes renew their leases by rule: without a write, until a lease says that it is renewed no more.</summary>
    /// <value>False by default: signs of life are what leases and statuses tell.</value>
    public bool LeasesRenewByRule { get; init; }
}
