namespace K124.Sim.Scheduling.Queue;

// What time alone does to the queue.
public sealed partial class SchedulingQueue
{
    private const long BackoffFlushTicks = TimeSpan.TicksPerSecond;
    private const long LeftoverFlushTicks = 30 * TimeSpan.TicksPerSecond;

    /// <summary>When a flush next moves a pod; null if none will unless something else happens first.</summary>
    public DateTimeOffset? NextFlushAt
    {
        get
        {
            var next = Math.Min(NextBackoffFlush(), NextLeftoverFlush());
            return next == long.MaxValue ? null : new(next, TimeSpan.Zero);
        }
    }

    /// <summary>Moves the present, and moves the pods whose backoff ends or who have waited too long, each at its moment.</summary>
    /// <param name="time">The new present.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies in the past.</exception>
    public void AdvanceTo(DateTimeOffset time)
    {
        var ticks = time.UtcTicks;
        ArgumentOutOfRangeException.ThrowIfLessThan(ticks, _nowTicks, nameof(time));
        while (true)
        {
            var backoff = NextBackoffFlush();
            var leftover = NextLeftoverFlush();
            var next = Math.Min(backoff, leftover);
            if (next > ticks)
            {
                break;
            }

            _nowTicks = next;
            if (backoff == next)
            {
                FlushBackoff();
            }

            if (leftover == next)
            {
                FlushLeftover();
            }
        }

        _nowTicks = ticks;
    }

    /// <summary>End of the backoff that a pod's attempts so far have earned it.</summary>
    private long BackoffExpiry(QueuedPodInfo info)
    {
        var max = _options.PodMaxBackoff.Ticks;
        var duration = _options.PodInitialBackoff.Ticks;
        for (var attempt = 1; attempt < info.Attempts; attempt++)
        {
            if (duration > max - duration)
            {
                duration = max;
                break;
            }

            duration *= 2;
        }

        return info.TimestampTicks + duration;
    }

    /// <summary>When a pod next leaves the backoff, in UTC ticks; <see cref="long.MaxValue"/> if none is there.</summary>
    internal long NextBackoffEndTicks => NextBackoffFlush();

    private long NextBackoffFlush() => _backoff.Count == 0 ? long.MaxValue : FirstTickAt(_backoff.First.BackoffExpiryTicks, BackoffFlushTicks);

    private long NextLeftoverFlush() => _unschedulable.First is { } oldest
        ? FirstTickAt(oldest.TimestampTicks + _options.PodMaxInUnschedulablePodsDuration.Ticks + 1, LeftoverFlushTicks)
        : long.MaxValue;

    /// <summary>The first multiple of an interval since the start that is not before a time.</summary>
    private long FirstTickAt(long ticks, long interval)
    {
        var sinceStart = ticks - _startTicks;
        var remainder = sinceStart % interval;
        return remainder == 0 ? ticks : ticks + interval - remainder;
    }

    private void FlushBackoff()
    {
        while (_backoff.Count > 0 && _backoff.First.BackoffExpiryTicks <= _nowTicks)
        {
            var info = _backoff.First;
            Take(info);
            PutActive(info);
        }
    }

    private void FlushLeftover()
    {
        _found.Clear();
        foreach (var info in _unschedulable.InOrder)
        {
            if (_nowTicks - info.TimestampTicks <= _options.PodMaxInUnschedulablePodsDuration.Ticks)
            {
                break;
            }

            _found.Add(info);
        }

        MoveFound();
    }
}
