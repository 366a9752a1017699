namespace K124.Sim.Batch.Forecast.World;

/// <summary>One watch whose events arrive late, in their order; two watches may overtake each other.</summary>
internal sealed class DelayedWatch<T>
{
    private readonly Queue<T> _events = new();
    private readonly long _latencyTicks;
    private readonly long _jitterTicks;
    private readonly SeededRandom? _random;
    private long _lastDueTicks;

    public DelayedWatch(JobWorldOptions options, string stream)
    {
        _latencyTicks = options.WatchLatencyMilliseconds * TimeSpan.TicksPerMillisecond;
        _jitterTicks = options.WatchJitterMilliseconds * TimeSpan.TicksPerMillisecond;
        _random = _jitterTicks > 0 ? SeededRandom.Stream(options.Seed, stream) : null;
    }

    public bool IsInstant => _latencyTicks + _jitterTicks == 0;

    /// <returns>When the event arrives, in UTC ticks.</returns>
    public long Add(long nowTicks, in T watchEvent)
    {
        _events.Enqueue(watchEvent);
        var delayTicks = _latencyTicks + (_random?.Next(_jitterTicks + 1) ?? 0);
        return _lastDueTicks = Math.Max(_lastDueTicks, nowTicks + delayTicks);
    }

    public T Next() => _events.Dequeue();
}
