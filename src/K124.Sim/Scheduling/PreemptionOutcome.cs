namespace K124.Sim.Scheduling;

/// <summary>How the search for pods to evict ended.</summary>
public enum PreemptionOutcome
{
    /// <summary>A node was nominated: evicting its victims makes room.</summary>
    Nominated,

    /// <summary>No node would fit even without the pods of lower priority; a nomination of the pod is dropped.</summary>
    NoCandidates,

    /// <summary>The pod may not preempt now; a nomination of the pod stays.</summary>
    Ineligible,

    /// <summary>The search failed; a nomination of the pod stays.</summary>
    Error,
}
