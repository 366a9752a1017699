using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;

namespace K124.Sim.Scheduling.Loop;

/// <summary>How a <see cref="SchedulingSimulation"/> behaves around the scheduler.</summary>
public sealed record SchedulingSimulationOptions
{
    /// <summary>Grace period of a pod that gives none, in seconds.</summary>
    public const long DefaultTerminationGracePeriodSeconds = 30;

    /// <summary>The first instant.</summary>
    /// <value>The release of Kubernetes 1.24.0 by default: 2022-05-03, midnight UTC.</value>
    public DateTimeOffset Start { get; init; } = new(2022, 5, 3, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How the scheduler decides. Pods whose <c>schedulerName</c> none of its profiles has are left alone until they have a node.</summary>
    /// <value>The scheduler's defaults.</value>
    public SchedulerOptions Scheduler { get; init; } = new();

    /// <summary>How the scheduling queue makes pods wait.</summary>
    /// <value>Null, the default, takes the backoffs of the scheduler's configuration, and else the queue's defaults.</value>
    public SchedulingQueueOptions? Queue { get; init; }

    /// <summary>Time from the choice of a node to the end of binding; the pod is assumed meanwhile.</summary>
    /// <value>0 by default: binding ends before the next pod is tried.</value>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan BindingLatency
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    }

    /// <summary>What is asked of others between the choice of a node and binding.</summary>
    /// <value>Nothing by default.</value>
    public IBindingSteps BindingSteps { get; init; } = NoBindingSteps.Instance;

    /// <summary>Time that a pod takes to end once its deletion has begun.</summary>
    /// <value>The pod's whole grace period by default.</value>
    public Func<Pod, TimeSpan> TerminationDuration { get; init; } = static pod =>
        TimeSpan.FromSeconds(pod.Spec.TerminationGracePeriodSeconds ?? DefaultTerminationGracePeriodSeconds);

    /// <summary>Time that a pod runs before it succeeds; null for a pod that runs until it is deleted.</summary>
    /// <value>Null for every pod by default.</value>
    public Func<Pod, TimeSpan?> RunDuration { get; init; } = static _ => null;
}
