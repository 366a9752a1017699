namespace K124.Sim.Scheduling;

/// <summary>What candidates of preemption are compared by, in this order.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/preemption (pickOneNodeForPreemption).</remarks>
public enum PreemptionCriterion
{
    /// <summary>Nothing: there was one candidate.</summary>
    OnlyCandidate,

    /// <summary>Fewest victims whose eviction violates a PodDisruptionBudget.</summary>
    PodDisruptionBudgetViolations,

    /// <summary>Lowest priority of the first victim.</summary>
    FirstVictimPriority,

    /// <summary>Smallest sum of priority + 2³¹ over the victims.</summary>
    PrioritySum,

    /// <summary>Fewest victims.</summary>
    VictimCount,

    /// <summary>Latest of the earliest starts among the victims of the highest priority.</summary>
    EarliestStartOfHighestPriority,

    /// <summary>Several candidates are equal in everything: <see cref="SchedulerOptions.TieBreak"/> decided.</summary>
    TieBreak,
}
