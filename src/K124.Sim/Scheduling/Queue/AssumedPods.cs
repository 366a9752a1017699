using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Queue;

/// <summary>The pods that the scheduler counts on a node before the API has confirmed it.</summary>
/// <remarks>
/// A pod whose binding has ended but was never confirmed expires: at the first whole second after the start at which its time to live is over.
/// Time is handed in, and nothing polls: <see cref="NextExpiryAt"/> says when the next pod expires. A pod is known by namespace and name.
/// Not thread-safe. Kubernetes 1.24 pkg/scheduler/internal/cache.
/// </remarks>
public sealed class AssumedPods
{
    private const long ExpiryCheckTicks = TimeSpan.TicksPerSecond;

    private readonly Dictionary<ObjectKey, Entry> _pods = [];
    private readonly Queue<Entry> _finished = new();
    private readonly long _startTicks;
    private readonly long _timeToLiveTicks;

    /// <summary>Creates an empty set.</summary>
    /// <param name="start">The first instant; expiry is checked at whole seconds after it.</param>
    /// <param name="timeToLive">Time from the end of binding to expiry; null for 1.24's 15 minutes.</param>
    public AssumedPods(DateTimeOffset start, TimeSpan? timeToLive = null)
    {
        _startTicks = start.UtcTicks;
        _timeToLiveTicks = (timeToLive ?? TimeSpan.FromMinutes(15)).Ticks;
    }

    private AssumedPods(AssumedPods other)
    {
        (_startTicks, _timeToLiveTicks) = (other._startTicks, other._timeToLiveTicks);
        foreach (var (key, entry) in other._pods)
        {
            _pods.Add(key, new(entry.Pod) { DeadlineTicks = entry.DeadlineTicks });
        }

        foreach (var entry in other._finished.Where(static entry => !entry.IsSettled))
        {
            _finished.Enqueue(_pods[ObjectKey.Of(entry.Pod)]);
        }
    }

    internal IEnumerable<Pod> All => _pods.Values.Select(static entry => entry.Pod);

    /// <summary>Number of assumed pods.</summary>
    public int Count => _pods.Count;

    /// <summary>When the next pod expires; null if none will unless a binding ends.</summary>
    public DateTimeOffset? NextExpiryAt
    {
        get
        {
            DropSettled();
            return _finished.Count == 0 ? null : new(ExpiryOf(_finished.Peek()), TimeSpan.Zero);
        }
    }

    /// <summary>Finds an assumed pod.</summary>
    /// <param name="pod">Namespace and name.</param>
    /// <returns>The pod with its node, or null if it is not assumed.</returns>
    public Pod? Find(ObjectKey pod) => _pods.TryGetValue(pod, out var entry) ? entry.Pod : null;

    /// <summary>Assumes a pod.</summary>
    /// <param name="pod">The pod, with its node.</param>
    /// <exception cref="InvalidOperationException">A pod of that name is assumed already.</exception>
    public void Assume(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        if (!_pods.TryAdd(ObjectKey.Of(pod), new(pod)))
        {
            throw new InvalidOperationException($"The pod '{ObjectKey.Of(pod)}' is assumed already.");
        }
    }

    /// <summary>The binding of a pod has ended, well or not: its time to live begins. Nothing happens if it is not assumed.</summary>
    /// <param name="pod">Namespace and name.</param>
    /// <param name="now">The present.</param>
    public void FinishBinding(ObjectKey pod, DateTimeOffset now)
    {
        if (_pods.TryGetValue(pod, out var entry))
        {
            entry.DeadlineTicks = now.UtcTicks + _timeToLiveTicks;
            _finished.Enqueue(entry);
        }
    }

    /// <summary>A pod is assumed no longer: it was confirmed, or is to be forgotten.</summary>
    /// <param name="pod">Namespace and name.</param>
    /// <returns>The pod with its node, or null if it was not assumed.</returns>
    public Pod? Remove(ObjectKey pod)
    {
        if (!_pods.Remove(pod, out var entry))
        {
            return null;
        }

        entry.IsSettled = true;
        return entry.Pod;
    }

    /// <summary>Takes out the pods that have expired.</summary>
    /// <param name="now">The present; not before any time given earlier.</param>
    /// <returns>The pods, in the order of expiry.</returns>
    public ImmutableArray<Pod> TakeExpired(DateTimeOffset now)
    {
        var expired = ImmutableArray.CreateBuilder<Pod>();
        for (DropSettled(); _finished.Count > 0 && ExpiryOf(_finished.Peek()) <= now.UtcTicks; DropSettled())
        {
            var pod = _finished.Peek().Pod;
            Remove(ObjectKey.Of(pod));
            expired.Add(pod);
        }

        return expired.ToImmutable();
    }

    internal AssumedPods Fork() => new(this);

    /// <summary>The first check after the deadline; at the deadline itself the pod lives.</summary>
    private long ExpiryOf(Entry entry)
    {
        var sinceStart = entry.DeadlineTicks - _startTicks;
        return entry.DeadlineTicks + ExpiryCheckTicks - (sinceStart % ExpiryCheckTicks);
    }

    private void DropSettled()
    {
        while (_finished.TryPeek(out var first) && first.IsSettled)
        {
            _finished.Dequeue();
        }
    }

    private sealed class Entry(Pod pod)
    {
        public Pod Pod { get; } = pod;

        public long DeadlineTicks { get; set; }

        public bool IsSettled { get; set; }
    }
}
