namespace K124.Sim.Model;

/// <summary>One observation of an object's state, in the common form of the API.</summary>
/// <remarks>Times are kept as ticks: conditions are what a cluster has most of.</remarks>
public sealed record Condition
{
    private readonly long _lastProbeTicks;
    private readonly long _lastHeartbeatTicks;
    private readonly long _lastUpdateTicks;
    private readonly long _lastTransitionTicks;

    /// <summary>What was observed, for example <c>Ready</c>.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>One-word cause of the last transition.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>Text for people.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>When the condition was last checked.</summary>
    public DateTimeOffset? LastProbeTime { get => Time(_lastProbeTicks); init => _lastProbeTicks = Ticks(value); }

    /// <summary>When the kubelet last reported the condition.</summary>
    public DateTimeOffset? LastHeartbeatTime { get => Time(_lastHeartbeatTicks); init => _lastHeartbeatTicks = Ticks(value); }

    /// <summary>When the condition was last written.</summary>
    public DateTimeOffset? LastUpdateTime { get => Time(_lastUpdateTicks); init => _lastUpdateTicks = Ticks(value); }

    /// <summary>When <see cref="Status"/> last changed.</summary>
    public DateTimeOffset? LastTransitionTime { get => Time(_lastTransitionTicks); init => _lastTransitionTicks = Ticks(value); }

    /// <summary>Generation that the condition was computed from.</summary>
    public long ObservedGeneration { get; init; }

    private static DateTimeOffset? Time(long ticks) => ticks == 0 ? null : new(ticks, TimeSpan.Zero);

    private static long Ticks(DateTimeOffset? time) => time?.UtcTicks ?? 0;
}
