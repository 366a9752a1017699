using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Pods;
using K124.Sim.Scheduling.Queue;
using K124.Sim.Time;

namespace K124.Sim.Scheduling.Loop;

/// <summary>A cluster whose pending pods are scheduled on virtual time: queue, scheduling and binding cycles, preemption carried out.</summary>
/// <remarks>
/// Stands for an API server, the scheduler, and of the kubelets as much as pods need to start and to end. Changes by users come through
/// <see cref="Apply(IApiObject)"/> and <see cref="Delete(ApiKind, ObjectKey)"/>, at once or at a later time. At one instant the queue's flushes come
/// first, then what is due, then the pods that are active, one after the other; what a scheduling cycle changes is made known before the
/// next one begins. Finalizers and disruption budgets' status are left as they are. Deterministic: the same calls give the same log.
/// Not thread-safe. Kubernetes 1.24 pkg/scheduler.
/// </remarks>
public sealed partial class SchedulingSimulation
{
    private readonly SchedulingSimulationOptions _options;
    private readonly SchedulingQueueOptions _queueOptions;
    private readonly EventQueue<Action> _due = new();
    private readonly VirtualClock _clock;
    private readonly Scheduler _scheduler;
    private readonly SchedulingQueue _queue;
    private readonly AssumedPods _assumed;
    private readonly List<SchedulingLogEntry> _log = [];

    /// <summary>Starts with a cluster as it is: its objects are not judged again, its pending pods are queued in their order.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public SchedulingSimulation(Cluster cluster, SchedulingSimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        _options = options ?? new();
        _clock = new(_options.Start);
        _others = Cluster.Of(cluster.Objects.Where(static item => item is not (Pod or Node)));
        _scheduler = new(_others, _options.Scheduler);
        _queueOptions = _options.Queue ?? SchedulingQueueOptions.Of(_options.Scheduler.Configuration);
        _queue = new(_options.Start, _queueOptions, new Nominator(key => Find(key), new SchedulerNominations(_scheduler)));
        _assumed = new(_options.Start);
        foreach (var node in cluster.Nodes)
        {
            Store(node);
        }

        foreach (var pod in cluster.Pods)
        {
            Store(Identified(pod));
        }

        Deliver();
    }

    /// <summary>The present.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>When something happens next; null if nothing will unless a user does something.</summary>
    public DateTimeOffset? NextEventAt
    {
        get
        {
            if (_queue.ActiveCount > 0)
            {
                return Now;
            }

            DateTimeOffset? next = _due.Count > 0 ? new(_due.NextTicks, TimeSpan.Zero) : null;
            next = Earlier(next, _queue.NextFlushAt);
            return Earlier(next, _assumed.NextExpiryAt);
        }
    }

    /// <summary>What has happened so far.</summary>
    public IReadOnlyList<SchedulingLogEntry> Log => _log;

    /// <summary>The scheduling queue, to look at.</summary>
    public SchedulingQueue Queue => _queue;

    /// <summary>The cluster as the API has it now. Costs in proportion to the pods and nodes.</summary>
    public Cluster Cluster => _others.Add([.. _nodes.Values.OrderBy(static entry => entry.Order).Select(static entry => entry.Object), .. Pods]);

    /// <summary>The pods as the API has them now, in the order of creation.</summary>
    public ImmutableArray<Pod> Pods => [.. _pods.Values.OrderBy(static entry => entry.Order).Select(static entry => entry.Object)];

    /// <summary>A pod as the API has it now.</summary>
    /// <param name="pod">Namespace and name.</param>
    /// <returns>The pod, or null if it is gone.</returns>
    public Pod? Find(ObjectKey pod) => _pods.TryGetValue(pod, out var entry) ? entry.Object : null;

    /// <summary>Creates or changes an object now. What follows from it happens when time is advanced, if only to the present.</summary>
    /// <param name="item">The object. The status of a pod that is there already stays.</param>
    /// <returns>Why the API server refuses it; null if it does not.</returns>
    /// <exception cref="ArgumentException">The object has no name, or its kind is not modelled.</exception>
    public string? Apply(IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Metadata.Name.Length == 0)
        {
            throw new ArgumentException($"A {item.Kind} has no name.", nameof(item));
        }

        var refusal = Admit(ref item);
        if (refusal is null)
        {
            Store(item);
            Deliver();
        }
        else
        {
            Note(new() { Time = Now, Kind = SchedulingLogKind.Refused, Object = $"{item.Kind} {ObjectKey.Of(item)}", Message = refusal });
        }

        return refusal;
    }

    /// <summary>Creates or changes an object at a later time.</summary>
    /// <param name="time">When.</param>
    /// <param name="item">The object; a refusal is noted in the log.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies in the past.</exception>
    public void Apply(DateTimeOffset time, IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Push(time, User, () => Apply(item));
    }

    /// <summary>Deletes an object now; a pod with a node takes its grace period to end. One that is not there is ignored.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="key">Its namespace and name.</param>
    /// <returns>Why the API server refuses; null if it does not.</returns>
    public string? Delete(ApiKind kind, ObjectKey key)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var refusal = kind.Type == typeof(PriorityClass) && _others.PriorityClasses.Find(key) is { } priorityClass
            ? PriorityClasses.DeletionError(priorityClass)
            : null;
        if (refusal is null)
        {
            Remove(kind, key);
            Deliver();
        }
        else
        {
            Note(new() { Time = Now, Kind = SchedulingLogKind.Refused, Object = $"{kind.Kind} {key}", Message = refusal });
        }

        return refusal;
    }

    /// <summary>Deletes an object at a later time.</summary>
    /// <param name="time">When.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="key">Its namespace and name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies in the past.</exception>
    public void Delete(DateTimeOffset time, ApiKind kind, ObjectKey key)
    {
        ArgumentNullException.ThrowIfNull(kind);
        Push(time, User, () => Delete(kind, key));
    }

    /// <summary>Lets everything happen that is due up to a time.</summary>
    /// <param name="time">The new present.</param>
    /// <param name="cancellationToken">Stops between two scheduling cycles; the simulation can go on later.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies in the past.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void AdvanceTo(DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, Now);
        while (NextEventAt is { } next && next <= time)
        {
            MoveTo(next);
            RunInstant(cancellationToken);
        }

        MoveTo(time);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) => left is null || right < left ? right ?? left : left;

    private void MoveTo(DateTimeOffset time)
    {
        _clock.AdvanceTo(time.UtcTicks);
        _queue.AdvanceTo(time);
        foreach (var pod in _assumed.TakeExpired(time))
        {
            Uncount(pod);
            Note(pod, SchedulingLogKind.Expired, node: pod.Spec.NodeName);
        }
    }

    private void RunInstant(CancellationToken cancellationToken)
    {
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (_due.TryPop(_clock.UtcTicks, out _, out var happen))
            {
                happen();
                Deliver();
            }
        }
        while (RunCycle());
    }

    /// <summary>One scheduling cycle; false if no pod is active.</summary>
    private bool RunCycle()
    {
        if (!_queue.TryPop(out var info))
        {
            return false;
        }

        Try(info);
        Deliver();
        return true;
    }

    private void Push(DateTimeOffset time, int priority, Action happen)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, Now);
        _due.Push(time.UtcTicks, priority, happen);
    }

    private void Note(SchedulingLogEntry entry) => _log.Add(entry);

    private void Note(Pod pod, SchedulingLogKind kind, string node = "") => Note(new() { Time = Now, Kind = kind, Object = ObjectKey.Of(pod).ToString(), Node = node });
}
