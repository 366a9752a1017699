using System.Collections.Immutable;

namespace K124.Sim.Planning;

/// <summary>Where the pending pods of a cluster and the pods of further workloads go.</summary>
public sealed record PlacementPlan
{
    /// <summary>One entry for each pod, in the order in which they were decided on.</summary>
    public required ImmutableArray<PodPlacement> Pods { get; init; }

    /// <summary>The pods that no node takes, in the same order.</summary>
    public IEnumerable<PodPlacement> Unschedulable => Pods.Where(static pod => !pod.Result.IsScheduled);

    /// <summary>Pods that the API server refuses or a controller holds back: the scheduler never sees them.</summary>
    public ImmutableArray<PodsNotCreated> NotCreated { get; init; } = [];

    /// <summary>Each node's resources before the first pod and after the last.</summary>
    public required ImmutableArray<NodeUtilization> Utilization { get; init; }

    /// <summary>What the plan leaves out of account, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}
