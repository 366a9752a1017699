using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Changes;

/// <summary>What is to be different.</summary>
public sealed record WhatIfRequest
{
    private readonly Items<IApiObject> _objects;
    private readonly Items<string> _withoutNodes;

    /// <summary>Requests of pods are multiplied by this, rounded up; pods whose requests change are placed anew.</summary>
    /// <value>1, the default, changes nothing.</value>
    public decimal RequestsFactor { get; init; } = 1;

    /// <summary>The resource whose requests are multiplied; null for all.</summary>
    public string? Resource { get; init; }

    /// <summary>Numbers of pods of each controller are multiplied by this, rounded up; DaemonSets are left as they are.</summary>
    /// <value>1, the default, changes nothing.</value>
    public decimal ReplicasFactor { get; init; } = 1;

    /// <summary>The pods and controllers that the factors are for; null for all.</summary>
    public Func<Pod, bool>? Selects { get; init; }

    /// <summary>Objects that come, or take the place of those of their name: nodes, priority classes, workloads. A DaemonSet's pods are made anew.</summary>
    public ImmutableArray<IApiObject> Objects { get => _objects.Array; init => _objects = new(value); }

    /// <summary>Nodes that are not there; their pods are placed anew.</summary>
    public ImmutableArray<string> WithoutNodes { get => _withoutNodes.Array; init => _withoutNodes = new(value); }

    /// <summary>Another way to decide; null for the planner's.</summary>
    public SchedulerOptions? Scheduler { get; init; }

    /// <summary>Whether all pods are placed anew, on empty nodes; those of DaemonSets and of the nodes themselves stay.</summary>
    public bool PlacesAllAnew { get; init; }

    /// <summary>Whether pods of lower priority are evicted for those that fit nowhere otherwise; what they leave is placed once more.</summary>
    public bool Preempts { get; init; }
}
