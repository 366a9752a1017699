using K124.Sim.Scheduling;

namespace K124.Sim.Planning;

/// <summary>What a rollout is simulated with.</summary>
public sealed record RolloutOptions
{
    /// <summary>Release, gates and profiles.</summary>
    /// <value>The scheduler's defaults.</value>
    public SchedulerOptions Scheduler { get; init => field = value ?? new(); } = new();

    /// <summary>Time from the start of a pod until it is ready.</summary>
    /// <value>10 s by default.</value>
    public TimeSpan ReadyAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time that a pod takes to stop; its grace at most.</summary>
    /// <value>None by default.</value>
    public TimeSpan StopAfter { get; init; }

    /// <summary>The longest time to simulate.</summary>
    /// <value>A day by default.</value>
    public TimeSpan Limit { get; init; } = TimeSpan.FromDays(1);
}
