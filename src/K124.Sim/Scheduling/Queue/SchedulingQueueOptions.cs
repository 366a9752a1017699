using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Scheduling.Queue;

/// <summary>How long the <see cref="SchedulingQueue"/> makes pods wait, and what wakes them.</summary>
public sealed record SchedulingQueueOptions
{
    /// <summary>Time that a pod waits after its first failed attempt.</summary>
    /// <value>1 second by default (podInitialBackoffSeconds).</value>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above 0.</exception>
    public TimeSpan PodInitialBackoff
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    }
    = TimeSpan.FromSeconds(1);

    /// <summary>Longest time that a pod waits after a failed attempt; not below <see cref="PodInitialBackoff"/>.</summary>
    /// <value>10 seconds by default (podMaxBackoffSeconds).</value>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above 0.</exception>
    public TimeSpan PodMaxBackoff
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    }
    = TimeSpan.FromSeconds(10);

    /// <summary>Time after which an unschedulable pod is tried again although nothing has happened.</summary>
    /// <value>5 minutes by default (pod-max-in-unschedulable-pods-duration).</value>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan PodMaxInUnschedulablePodsDuration
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    }
    = TimeSpan.FromMinutes(5);

    /// <summary>Which events wake which pods.</summary>
    /// <value>The plugins of 1.24.</value>
    public ClusterEventMap Events { get; init; } = ClusterEventMap.Default;

    /// <summary>Options with the backoffs of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A backoff is too long for a <see cref="TimeSpan"/>.</exception>
    public static SchedulingQueueOptions Of(SchedulerConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new()
        {
            PodInitialBackoff = TimeSpan.FromSeconds(configuration.PodInitialBackoffSeconds),
            PodMaxBackoff = TimeSpan.FromSeconds(configuration.PodMaxBackoffSeconds),
        };
    }
}
