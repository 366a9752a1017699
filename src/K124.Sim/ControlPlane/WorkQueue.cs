using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane;

/// <summary>A controller's queue of keys on virtual time: ready ones in the order they were filed, others at the time they are due.</summary>
/// <remarks>Kubernetes 1.24 client-go util/workqueue: 5 ms after the first failure, doubled with each further one, at most 1000 s.</remarks>
internal sealed class WorkQueue : IWorkQueue
{
    private const long FirstBackoffTicks = 5 * TimeSpan.TicksPerMillisecond;
    private const long LongestBackoffTicks = 1000 * TimeSpan.TicksPerSecond;

    // 5 ms doubled 18 times exceed 1000 s.
    private const int FailuresToLongestBackoff = 18;

    private readonly Queue<ObjectKey> _ready;
    private readonly HashSet<ObjectKey> _isReady;
    private readonly PriorityQueue<ObjectKey, (long Ticks, long Order)> _delayed;
    private readonly Dictionary<ObjectKey, long> _dueTicks;
    private readonly Dictionary<ObjectKey, int> _failures;
    private int _hopeless;
    private long _order;

    public WorkQueue()
    {
        _ready = new();
        _isReady = [];
        _delayed = new();
        _dueTicks = [];
        _failures = [];
    }

    private WorkQueue(WorkQueue other)
    {
        _ready = new(other._ready);
        _isReady = [.. other._isReady];
        _delayed = new(other._delayed.UnorderedItems);
        _dueTicks = new(other._dueTicks);
        _failures = new(other._failures);
        _hopeless = other._hopeless;
        _order = other._order;
        Now = other.Now;
    }

    public DateTimeOffset Now { get; set; }

    /// <summary>When a key can be taken: 0 for at once, <see cref="long.MaxValue"/> if none is filed.</summary>
    public long NextTicks
    {
        get
        {
            if (_ready.Count > 0)
            {
                return 0;
            }

            DropOutdated();
            return _delayed.TryPeek(out _, out var due) ? due.Ticks : long.MaxValue;
        }
    }

    /// <summary>The same, but for keys that have failed so often that they wait as long as keys can.</summary>
    public long NextTicksBesideRetries => _hopeless == 0 || _ready.Count > 0
        ? NextTicks
        : _dueTicks.Where(pair => !IsHopeless(_failures.GetValueOrDefault(pair.Key))).Select(static pair => pair.Value).DefaultIfEmpty(long.MaxValue).Min();

    public WorkQueue Fork() => new(this);

    public void Add(ObjectKey key)
    {
        _dueTicks.Remove(key);
        if (_isReady.Add(key))
        {
            _ready.Enqueue(key);
        }
    }

    public void AddAfter(ObjectKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        var ticks = Now.UtcTicks + delay.Ticks;
        if (_isReady.Contains(key) || (_dueTicks.TryGetValue(key, out var earlier) && earlier <= ticks))
        {
            return;
        }

        _dueTicks[key] = ticks;
        _delayed.Enqueue(key, (ticks, ++_order));
    }

    public void AddRateLimited(ObjectKey key)
    {
        var failures = _failures.GetValueOrDefault(key);
        _failures[key] = failures + 1;
        _hopeless += IsHopeless(failures + 1) && !IsHopeless(failures) ? 1 : 0;
        AddAfter(key, TimeSpan.FromTicks(Math.Min(LongestBackoffTicks, FirstBackoffTicks << Math.Min(failures, 20))));
    }

    public void Forget(ObjectKey key)
    {
        if (_failures.Remove(key, out var failures) && IsHopeless(failures))
        {
            _hopeless--;
        }
    }

    /// <summary>Takes the next key that is due.</summary>
    public bool TryTake(out ObjectKey key)
    {
        MoveDue();
        if (!_ready.TryDequeue(out key))
        {
            return false;
        }

        _isReady.Remove(key);
        return true;
    }

    private static bool IsHopeless(int failures) => failures > FailuresToLongestBackoff;

    private void MoveDue()
    {
        DropOutdated();
        while (_delayed.TryPeek(out var key, out var due) && due.Ticks <= Now.UtcTicks)
        {
            _delayed.Dequeue();
            Add(key);
            DropOutdated();
        }
    }

    /// <summary>Drops entries of keys that were filed anew, for an earlier time or at once.</summary>
    private void DropOutdated()
    {
        while (_delayed.TryPeek(out var key, out var due) && (!_dueTicks.TryGetValue(key, out var ticks) || ticks != due.Ticks))
        {
            _delayed.Dequeue();
        }
    }
}
