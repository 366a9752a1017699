namespace K124.Sim.Scheduling.Loop;

/// <summary>What an entry of the log of a <see cref="SchedulingSimulation"/> tells.</summary>
public enum SchedulingLogKind
{
    /// <summary>A node was chosen for a pod.</summary>
    Scheduled,

    /// <summary>No node was feasible for a pod, or a step after the choice of a node rejected it.</summary>
    Unschedulable,

    /// <summary>An attempt ended in an error.</summary>
    Error,

    /// <summary>A pod was popped, but not tried.</summary>
    Skipped,

    /// <summary>A pod was bound to its node.</summary>
    Bound,

    /// <summary>An event was recorded on a pod.</summary>
    Event,

    /// <summary>The API server refused an object.</summary>
    Refused,

    /// <summary>A pod is gone.</summary>
    Deleted,

    /// <summary>The scheduler gave up an assumed pod that was never confirmed.</summary>
    Expired,
}
