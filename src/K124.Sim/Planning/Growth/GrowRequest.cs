using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Growth;

/// <summary>What nodes are to be added for, and which ones can be had.</summary>
public sealed record GrowRequest
{
    private readonly Items<NodeTemplate> _templates;
    private readonly Items<IApiObject> _workloads;
    private readonly Items<PodBurst> _bursts;
    private readonly Items<NamedScheduler> _profiles;

    /// <summary>The kinds of nodes that can be had.</summary>
    public required ImmutableArray<NodeTemplate> Templates { get => _templates.Array; init => _templates = new(value); }

    /// <summary>What is to run beside the pending pods of the cluster; as for <see cref="CapacityPlanner.Place"/>.</summary>
    public ImmutableArray<IApiObject> Workloads { get => _workloads.Array; init => _workloads = new(value); }

    /// <summary>Pods that there is to be room for besides: headroom, a burst.</summary>
    public ImmutableArray<PodBurst> Bursts { get => _bursts.Array; init => _bursts = new(value); }

    /// <summary>Further ways to decide, to compare with that of the planner.</summary>
    public ImmutableArray<NamedScheduler> Profiles { get => _profiles.Array; init => _profiles = new(value); }

    /// <summary>How many further numbers of nodes are tried to find from where on it works.</summary>
    /// <value>8 by default.</value>
    public int StableRange { get; init; } = 8;

    /// <summary>Number of seeds for which the first number of nodes is found with ties drawn at random.</summary>
    /// <value>0, the default, for none.</value>
    public int Seeds { get; init; }

    /// <summary>Decisions that the search for the first number may take before it goes in greater steps.</summary>
    /// <value>20 million by default.</value>
    public long MostDecisions { get; init; } = 20_000_000;
}

/// <summary>Copies of a pod.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Count">How many, at least 1.</param>
public sealed record PodBurst(Pod Pod, int Count);

/// <summary>A way to decide, and its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Options">How the scheduler decides.</param>
public sealed record NamedScheduler(string Name, SchedulerOptions Options);
