namespace K124.Sim.Scheduling;

/// <summary>How an attempt to place a pod ended.</summary>
public enum SchedulingOutcome
{
    /// <summary>A node was chosen.</summary>
    Scheduled,

    /// <summary>No node is feasible.</summary>
    Unschedulable,

    /// <summary>A plugin could not decide, and the attempt was given up.</summary>
    Error,

    /// <summary>No profile has the <c>schedulerName</c> of the pod: another scheduler's pod, left alone as by 1.24.</summary>
    Ignored,
}
