namespace K124.Sim.Time;

/// <summary>Time that moves only when it is told to; timers fire on the way, in the order of their due times.</summary>
/// <remarks>Not thread-safe: the simulation that owns the clock moves it.</remarks>
public sealed class VirtualClock : TimeProvider
{
    private readonly EventQueue<VirtualTimer.Ring> _timers = new();
    private long _utcTicks;

    /// <summary>Starts the clock.</summary>
    /// <param name="start">The first instant.</param>
    public VirtualClock(DateTimeOffset start) => _utcTicks = start.UtcTicks;

    /// <summary>The present, in UTC ticks.</summary>
    public long UtcTicks => _utcTicks;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(_utcTicks, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => _utcTicks;

    /// <summary>Moves the clock and fires the timers that come due, each at its own time.</summary>
    /// <param name="utcTicks">The new present, in UTC ticks.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies in the past.</exception>
    public void AdvanceTo(long utcTicks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(utcTicks, _utcTicks);
        while (_timers.TryPop(utcTicks, out var due, out var ring))
        {
            _utcTicks = Math.Max(_utcTicks, due);
            ring.Fire();
        }

        _utcTicks = utcTicks;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private int _version;
        private bool _disposed;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed)
            {
                return false;
            }

            _version++;
            _period = period;
            Arm(dueTime);
            return true;
        }

        public void Dispose()
        {
            _disposed = true;
            _version++;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Arm(TimeSpan dueTime)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock._timers.Push(clock._utcTicks + dueTime.Ticks, 0, new(this, _version));
            }
        }

        internal readonly record struct Ring(VirtualTimer Timer, int Version)
        {
            public void Fire()
            {
                if (Timer._version != Version)
                {
                    return;
                }

                if (Timer._period > TimeSpan.Zero)
                {
                    Timer.Arm(Timer._period);
                }

                Timer.Callback();
            }
        }

        private void Callback() => callback(state);
    }
}
