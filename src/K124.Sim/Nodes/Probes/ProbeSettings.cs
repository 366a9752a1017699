namespace K124.Sim.Nodes.Probes;

/// <summary>The numbers of a probe, after defaulting.</summary>
internal sealed record ProbeSettings
{
    /// <summary>Whole seconds after the container's start before which nothing is asked.</summary>
    public int InitialDelaySeconds { get; init; }

    /// <summary>Seconds between two attempts.</summary>
    public int PeriodSeconds { get; init; } = 10;

    /// <summary>Successes in a row before one is published.</summary>
    public int SuccessThreshold { get; init; } = 1;

    /// <summary>Failures in a row before one is published.</summary>
    public int FailureThreshold { get; init; } = 3;

    /// <summary>Seconds a container gets to end when this probe has it killed; null for those of its pod.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }
}
