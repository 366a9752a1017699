using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Queue;

/// <summary>The pods that wait to be scheduled: those whose turn comes by priority, those in backoff, and those that wait for an event.</summary>
/// <remarks>
/// Time stands still until <see cref="AdvanceTo"/> moves it. Backoffs end at whole seconds after the start, and pods that have waited too
/// long are found at every 30th, as in 1.24; both happen before anything else of that instant, and nothing polls: <see cref="NextFlushAt"/>
/// says when the next of these moments comes that moves a pod. Where 1.24 leaves an order open, the pod that came first comes first.
/// A pod is known by namespace and name. Not thread-safe. Kubernetes 1.24 pkg/scheduler/internal/queue (PriorityQueue).
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue.")]
public sealed partial class SchedulingQueue
{
    private readonly SchedulingQueueOptions _options;
    private readonly long _startTicks;
    private readonly Dictionary<ObjectKey, QueuedPodInfo> _pods = [];
    private readonly QueuedPodHeap<PrioritySort> _active = new();
    private readonly QueuedPodHeap<BackoffSort> _backoff = new();
    private readonly UnschedulablePods _unschedulable = new();
    private long _nowTicks;
    private long _sequence;

    /// <summary>Creates an empty queue.</summary>
    /// <param name="start">The first instant; flushes count from it.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="nominator">Where nominations are kept; null for a new one that asks no API.</param>
    /// <exception cref="ArgumentException">The longest backoff is shorter than the first.</exception>
    public SchedulingQueue(DateTimeOffset start, SchedulingQueueOptions? options = null, Nominator? nominator = null)
    {
        _options = options ?? new();
        if (_options.PodMaxBackoff < _options.PodInitialBackoff)
        {
            throw new ArgumentException($"The longest backoff ({_options.PodMaxBackoff}) is shorter than the first ({_options.PodInitialBackoff}).", nameof(options));
        }

        _startTicks = _nowTicks = start.UtcTicks;
        Nominator = nominator ?? new();
    }

    /// <summary>The present.</summary>
    public DateTimeOffset Now => new(_nowTicks, TimeSpan.Zero);

    /// <summary>Nominated pods.</summary>
    public Nominator Nominator { get; }

    /// <summary>Number of pods, wherever they wait.</summary>
    public int Count => _pods.Count;

    /// <summary>Number of pods whose turn will come.</summary>
    public int ActiveCount => _active.Count;

    /// <summary>Number of pods in backoff.</summary>
    public int BackoffCount => _backoff.Count;

    /// <summary>Number of pods that wait for an event.</summary>
    public int UnschedulableCount => _unschedulable.Count;

    /// <summary>Number of pops so far.</summary>
    public long SchedulingCycle { get; private set; }

    /// <summary>The scheduling cycle of the last move request; -1 if there was none.</summary>
    public long MoveRequestCycle { get; private set; } = -1;

    /// <summary>The pods whose turn will come, in the order of their turns. Takes O(n log n).</summary>
    /// <returns>The pods.</returns>
    public ImmutableArray<QueuedPodInfo> ActivePods() => [.. _active.InOrder()];

    /// <summary>The pods in backoff, the first to leave it first. Takes O(n log n).</summary>
    /// <returns>The pods.</returns>
    public ImmutableArray<QueuedPodInfo> BackoffPods() => [.. _backoff.InOrder()];

    /// <summary>The pods that wait for an event, in the order of coming.</summary>
    /// <returns>The pods.</returns>
    public ImmutableArray<QueuedPodInfo> UnschedulablePods() => [.. _unschedulable.InOrder];

    /// <summary>Finds a pod.</summary>
    /// <param name="pod">Namespace and name.</param>
    /// <returns>What is known of it, or null if it is not in the queue.</returns>
    public QueuedPodInfo? Find(ObjectKey pod) => _pods.GetValueOrDefault(pod);

    /// <summary>Takes in a pod that wants a node; it starts afresh, wherever it was.</summary>
    /// <param name="pod">The pod.</param>
    public void Add(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        if (_pods.TryGetValue(ObjectKey.Of(pod), out var old))
        {
            Take(old);
        }

        PutActive(new(pod, _nowTicks));
        Nominator.Add(pod);
    }

    /// <summary>Takes out the pod whose turn it is, and begins a scheduling cycle.</summary>
    /// <param name="info">The pod.</param>
    /// <returns>False if no pod is active.</returns>
    public bool TryPop([NotNullWhen(true)] out QueuedPodInfo? info)
    {
        if (_active.Count == 0)
        {
            info = null;
            return false;
        }

        info = _active.First;
        Take(info);
        info.Attempts++;
        SchedulingCycle++;
        return true;
    }

    /// <summary>Takes back a pod whose attempt has failed: to backoff if a move request has come since its pop, else to wait for an event.</summary>
    /// <param name="info">The pod, as it was popped.</param>
    /// <param name="pod">The pod as the API has it now.</param>
    /// <param name="unschedulablePlugins">The plugins that rejected it; default to leave those of the attempt before.</param>
    /// <returns>False if a pod of that name is in the queue: nothing was done.</returns>
    public bool AddUnschedulableIfNotPresent(QueuedPodInfo info, Pod pod, ImmutableArray<string> unschedulablePlugins = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(pod);
        if (ObjectKey.Of(pod) != info.Key)
        {
            throw new ArgumentException($"The pod '{ObjectKey.Of(pod)}' is not '{info.Key}'.", nameof(pod));
        }

        if (_pods.ContainsKey(info.Key))
        {
            return false;
        }

        info.Pod = pod;
        info.TimestampTicks = _nowTicks;
        if (!unschedulablePlugins.IsDefault)
        {
            info.UnschedulablePlugins = InOrdinalOrder(unschedulablePlugins);
        }

        if (MoveRequestCycle >= SchedulingCycle)
        {
            PutBackoff(info);
        }
        else
        {
            Enter(info, QueuedPodPlace.Unschedulable);
            _unschedulable.Append(info);
        }

        Nominator.Add(pod);
        return true;
    }

    /// <summary>Follows a change of a pod that has no node.</summary>
    /// <param name="oldPod">The pod before.</param>
    /// <param name="newPod">The pod now. A pod that waits for an event is tried again if more than its status and bookkeeping has changed; a
    /// pod that is nowhere starts afresh.</param>
    public void Update(Pod oldPod, Pod newPod)
    {
        ArgumentNullException.ThrowIfNull(oldPod);
        ArgumentNullException.ThrowIfNull(newPod);
        if (!_pods.TryGetValue(ObjectKey.Of(newPod), out var info))
        {
            PutActive(new(newPod, _nowTicks));
            Nominator.Add(newPod);
            return;
        }

        Nominator.Update(oldPod, newPod);
        switch (info.Place)
        {
            case QueuedPodPlace.Active:
                info.Pod = newPod;
                _active.Fix(info);
                break;
            case QueuedPodPlace.Backoff:
                info.Pod = newPod;
                break;
            default:
                UpdateUnschedulable(info, oldPod, newPod);
                break;
        }
    }

    /// <summary>Drops a pod and its nomination.</summary>
    /// <param name="pod">The pod.</param>
    public void Delete(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        Nominator.Delete(pod);
        if (_pods.TryGetValue(ObjectKey.Of(pod), out var info))
        {
            Take(info);
        }
    }

    /// <summary>A queue in the same state, with a nominator of its own.</summary>
    internal SchedulingQueue Fork(Nominator nominator)
    {
        var fork = new SchedulingQueue(new(_startTicks, TimeSpan.Zero), _options, nominator)
        {
            _nowTicks = _nowTicks,
            SchedulingCycle = SchedulingCycle,
            MoveRequestCycle = MoveRequestCycle,
        };
        foreach (var info in _pods.Values.OrderBy(static info => info.Sequence))
        {
            fork.Resume(info.Copy());
        }

        fork._sequence = _sequence;
        return fork;
    }

    private void Resume(QueuedPodInfo info)
    {
        _pods.Add(info.Key, info);
        switch (info.Place)
        {
            case QueuedPodPlace.Active:
                _active.Push(info);
                break;
            case QueuedPodPlace.Backoff:
                _backoff.Push(info);
                break;
            default:
                _unschedulable.Append(info);
                break;
        }
    }

    private static ImmutableArray<string> InOrdinalOrder(ImmutableArray<string> plugins)
    {
        for (var i = 1; i < plugins.Length; i++)
        {
            if (string.CompareOrdinal(plugins[i - 1], plugins[i]) >= 0)
            {
                return [.. plugins.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            }
        }

        return plugins;
    }

    private void UpdateUnschedulable(QueuedPodInfo info, Pod oldPod, Pod newPod)
    {
        if (PodUpdates.MayMatter(oldPod, newPod))
        {
            Take(info);
            info.Pod = newPod;
            PutActiveOrBackoff(info);
        }
        else
        {
            info.Pod = newPod;
        }
    }

    private void PutActive(QueuedPodInfo info)
    {
        Enter(info, QueuedPodPlace.Active);
        _active.Push(info);
    }

    private void PutBackoff(QueuedPodInfo info)
    {
        Enter(info, QueuedPodPlace.Backoff);
        info.BackoffExpiryTicks = BackoffExpiry(info);
        _backoff.Push(info);
    }

    private void PutActiveOrBackoff(QueuedPodInfo info)
    {
        if (BackoffExpiry(info) > _nowTicks)
        {
            PutBackoff(info);
        }
        else
        {
            PutActive(info);
        }
    }

    private void Enter(QueuedPodInfo info, QueuedPodPlace place)
    {
        info.Place = place;
        info.Sequence = _sequence++;
        _pods.Add(info.Key, info);
    }

    /// <summary>Takes a pod from wherever it is.</summary>
    private void Take(QueuedPodInfo info)
    {
        switch (info.Place)
        {
            case QueuedPodPlace.Active:
                _active.Remove(info);
                break;
            case QueuedPodPlace.Backoff:
                _backoff.Remove(info);
                break;
            default:
                _unschedulable.Remove(info);
                break;
        }

        info.Place = QueuedPodPlace.None;
        _pods.Remove(info.Key);
    }
}
