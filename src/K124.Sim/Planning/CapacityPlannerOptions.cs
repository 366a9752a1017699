using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning;

/// <summary>How a <see cref="CapacityPlanner"/> decides.</summary>
public sealed record CapacityPlannerOptions
{
    /// <summary>How the scheduler decides.</summary>
    /// <value>The scheduler's defaults.</value>
    public SchedulerOptions Scheduler { get; init; } = new();

    /// <summary>Which pods are decided on with an explanation.</summary>
    /// <value>Null, the default, for none.</value>
    public Func<Pod, bool>? ExplainPod { get; init; }

    /// <summary>Whether <see cref="CapacityPlanner.Place"/> also makes the pods that workloads of the cluster want and do not have.</summary>
    /// <value>False, the default: they are named in a notice.</value>
    public bool CompletesWorkloads { get; init; }
}
