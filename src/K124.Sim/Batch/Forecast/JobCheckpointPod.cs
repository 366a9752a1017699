namespace K124.Sim.Batch.Forecast;

/// <summary>A pod in a <see cref="JobCheckpoint"/>.</summary>
public sealed record JobCheckpointPod
{
    /// <summary>Identity: <c>p.3</c> or <c>i7.1</c>.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Phase.</summary>
    public string Phase { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is ready.</summary>
    public bool Ready { get; init; }

    /// <summary>Whether it has the tracking finalizer.</summary>
    public bool TrackingFinalizer { get; init; }

    /// <summary>Whether it is being deleted.</summary>
    public bool Terminating { get; init; }

    /// <summary>Whether the Job no longer owns it.</summary>
    public bool Orphan { get; init; }
}
