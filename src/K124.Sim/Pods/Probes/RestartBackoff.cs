namespace K124.Sim.Pods.Probes;

/// <summary>How long a kubelet waits before it starts an ended container again: not at all at first, then 10 s, twice that, up to five minutes.</summary>
/// <param name="Wait">What the next end costs, in ticks; 0 before the first.</param>
/// <param name="Since">When that was worked out, in ticks.</param>
internal readonly record struct RestartBackoff(long Wait, long Since)
{
    private const long First = 10 * TimeSpan.TicksPerSecond;
    private const long Longest = 300 * TimeSpan.TicksPerSecond;

    /// <summary>The wait after an end: a container that ran twice the longest wait begins anew.</summary>
    public long After(long endedAt) => endedAt - Since > 2 * Longest ? 0 : Wait;

    /// <summary>The state after a start.</summary>
    /// <param name="endedAt">When the instance before it ended.</param>
    /// <param name="now">Now.</param>
    public RestartBackoff Next(long endedAt, long now) => new(After(endedAt) == 0 ? First : Math.Min(Wait * 2, Longest), now);
}
