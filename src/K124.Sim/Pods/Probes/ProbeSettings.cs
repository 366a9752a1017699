using K124.Sim.Model;

namespace K124.Sim.Pods.Probes;

/// <summary>The numbers of a probe, after defaulting.</summary>
internal sealed record ProbeSettings
{
    private const int DefaultPeriodSeconds = 10;
    private const int DefaultSuccessThreshold = 1;
    private const int DefaultFailureThreshold = 3;

    /// <summary>Whole seconds after the container's start before which nothing is asked.</summary>
    public int InitialDelaySeconds { get; init; }

    /// <summary>Seconds between two attempts.</summary>
    public int PeriodSeconds { get; init; } = DefaultPeriodSeconds;

    /// <summary>Successes in a row before one is published.</summary>
    public int SuccessThreshold { get; init; } = DefaultSuccessThreshold;

    /// <summary>Failures in a row before one is published.</summary>
    public int FailureThreshold { get; init; } = DefaultFailureThreshold;

    /// <summary>Seconds a container gets to end when this probe has it killed; null for those of its pod.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>The numbers of a probe of the API; zero stands for the default.</summary>
    /// <returns>The numbers; null if there is no probe.</returns>
    public static ProbeSettings? Of(Probe? probe) => probe is null ? null : new()
    {
        InitialDelaySeconds = probe.InitialDelaySeconds,
        PeriodSeconds = probe.PeriodSeconds > 0 ? probe.PeriodSeconds : DefaultPeriodSeconds,
        SuccessThreshold = probe.SuccessThreshold > 0 ? probe.SuccessThreshold : DefaultSuccessThreshold,
        FailureThreshold = probe.FailureThreshold > 0 ? probe.FailureThreshold : DefaultFailureThreshold,
        TerminationGracePeriodSeconds = probe.TerminationGracePeriodSeconds,
    };
}
