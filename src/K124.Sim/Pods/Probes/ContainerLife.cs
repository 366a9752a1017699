namespace K124.Sim.Pods.Probes;

/// <summary>Where a container of the stand-in is in its life.</summary>
internal enum ContainerPhase
{
    /// <summary>It was never started.</summary>
    New,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It was told to end and still runs.</summary>
    Stopping,

    /// <summary>It has ended and is started again later.</summary>
    Waiting,

    /// <summary>It has ended for good.</summary>
    Ended,
}

/// <summary>A container of the stand-in. Times are in ticks.</summary>
internal sealed record ContainerLife
{
    public ContainerPhase Phase { get; init; }

    /// <summary>Number of the instance, from 0; how often it was restarted.</summary>
    public int Instance { get; init; }

    /// <summary>When the instance started.</summary>
    public long StartedAt { get; init; }

    /// <summary>When the last instance ended.</summary>
    public long EndedAt { get; init; }

    /// <summary>When the phase ends by itself.</summary>
    public long Due { get; init; } = long.MaxValue;

    /// <summary>How the last instance ended.</summary>
    public int ExitCode { get; init; }

    public RestartBackoff Backoff { get; init; }

    public bool Runs => Phase is ContainerPhase.Running or ContainerPhase.Stopping;
}
