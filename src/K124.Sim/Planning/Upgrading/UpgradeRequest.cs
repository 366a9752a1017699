using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Planning.Upgrading;

/// <summary>How nodes are replaced one after the other.</summary>
public sealed record UpgradeRequest
{
    private readonly Items<string> _nodes;

    /// <summary>The nodes to replace, in this order; empty for all, in the order of the cluster.</summary>
    public ImmutableArray<string> Nodes { get => _nodes.Array; init => _nodes = new(value); }

    /// <summary>How many nodes beyond those of today there are at a time: the new one is there before the old one is drained.</summary>
    /// <value>1 by default.</value>
    public int MaxSurge { get; init; } = 1;

    /// <summary>How many nodes fewer than today there are at a time: the old one goes before the new one is there.</summary>
    /// <value>0 by default.</value>
    public int MaxUnavailable { get; init; }

    /// <summary>How long a new node takes until it is ready.</summary>
    /// <value>2 minutes by default.</value>
    public TimeSpan NodeStart { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a pod takes from its node to readiness.</summary>
    /// <value>20 seconds by default.</value>
    public TimeSpan PodStart { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an evicted pod takes to end.</summary>
    /// <value>30 seconds by default.</value>
    public TimeSpan PodStop { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After which time evictions that a budget refused are tried again.</summary>
    /// <value>5 seconds by default, as kubectl drain does.</value>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After which time a drain that cannot end is given up, and the upgrade stops there.</summary>
    /// <value>1 hour by default.</value>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether pods that no controller makes anew may be lost; without it their nodes are not drained.</summary>
    public bool Force { get; init; }
}
