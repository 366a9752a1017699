namespace K124.Sim.Scheduling.Queue;

/// <summary>A change in the cluster that may make unschedulable pods schedulable.</summary>
/// <param name="Resource">What changed.</param>
/// <param name="Actions">How.</param>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (ClusterEvent) and pkg/scheduler/internal/queue/events.go.</remarks>
public readonly record struct ClusterEvent(ClusterResource Resource, ActionTypes Actions)
{
    /// <summary>A pod has waited for longer than <see cref="SchedulingQueueOptions.PodMaxInUnschedulablePodsDuration"/>.</summary>
    public static ClusterEvent UnschedulableTimeout => new(ClusterResource.Any, ActionTypes.All);

    /// <summary>A pod that has a node came to be known.</summary>
    public static ClusterEvent AssignedPodAdd => new(ClusterResource.Pod, ActionTypes.Add);

    /// <summary>A pod that has a node changed.</summary>
    public static ClusterEvent AssignedPodUpdate => new(ClusterResource.Pod, ActionTypes.Update);

    /// <summary>A pod that had a node is gone, or has come to its end.</summary>
    public static ClusterEvent AssignedPodDelete => new(ClusterResource.Pod, ActionTypes.Delete);

    /// <summary>A node was added.</summary>
    public static ClusterEvent NodeAdd => new(ClusterResource.Node, ActionTypes.Add);

    /// <summary>Whether the event concerns every pod, whatever it failed on.</summary>
    public bool IsWildcard => Resource == ClusterResource.Any;

    /// <summary>Whether an interest covers this event.</summary>
    /// <param name="interest">What a plugin registered for.</param>
    /// <returns>True if the resource is the same and an action is common.</returns>
    public bool Matches(ClusterEvent interest) => Resource == interest.Resource && (Actions & interest.Actions) != ActionTypes.None;

    /// <inheritdoc/>
    public override string ToString() => IsWildcard ? nameof(UnschedulableTimeout) : $"{Resource}/{Actions}";
}
