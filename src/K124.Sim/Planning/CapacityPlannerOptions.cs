using K124.Sim.Scheduling;

namespace K124.Sim.Planning;

/// <summary>How a <see cref="CapacityPlanner"/> decides.</summary>
public sealed record CapacityPlannerOptions
{
    /// <summary>How the scheduler decides.</summary>
    /// <value>The scheduler's defaults.</value>
    public SchedulerOptions Scheduler { get; init; } = new();
}
