namespace K124.Sim;

public readonly partial record struct KubernetesRelease
{
    /// <summary>Whether filtering a node stops at the first plugin that rejects it; before 1.24.10 every plugin ran.</summary>
    /// <remarks>kubernetes#114526.</remarks>
    public bool StopsAtFirstFailingFilter => Patch >= 10;

    /// <summary>Whether hard spread counts leave out nominated pods on nodes that the incoming pod may not use; before 1.24.4 they counted.</summary>
    /// <remarks>kubernetes#111511.</remarks>
    public bool SpreadIgnoresNominationsOnExcludedNodes => Patch >= 4;

    /// <summary>Whether the condition of a pod whose attempt ended in an error has the reason SchedulerError; before 1.24.5 it was Unschedulable.</summary>
    /// <remarks>kubernetes#112139.</remarks>
    public bool ReportsCycleErrorsAsSchedulerError => Patch >= 5;

    /// <summary>Whether the event on a preempted pod leaves out which pod preempted it; before 1.24.10 it named that pod.</summary>
    /// <remarks>kubernetes#115024.</remarks>
    public bool HidesPreemptorInVictimEvents => Patch >= 10;
}
