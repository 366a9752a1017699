namespace K124.Sim.Platform.LeaderElection;

/// <summary>The times of a leader election, in ticks.</summary>
/// <remarks>Kubernetes 1.24 client-go/tools/leaderelection.</remarks>
internal sealed record LeaderElectionConfig
{
    /// <summary>By how much of itself a pause between two attempts may grow.</summary>
    public const double JitterFactor = 1.2;

    /// <summary>How long others leave a record alone after they last saw it change.</summary>
    public long LeaseDuration { get; init; } = 15 * TimeSpan.TicksPerSecond;

    /// <summary>How long a leader tries to renew before it gives up.</summary>
    public long RenewDeadline { get; init; } = 10 * TimeSpan.TicksPerSecond;

    /// <summary>Time between two attempts.</summary>
    public long RetryPeriod { get; init; } = 2 * TimeSpan.TicksPerSecond;

    /// <summary>What is wrong with the times, in the words of 1.24; null if nothing is.</summary>
    public string? Validate()
    {
        if (LeaseDuration <= RenewDeadline)
        {
            return "leaseDuration must be greater than renewDeadline";
        }

        if (RenewDeadline <= (long)(JitterFactor * RetryPeriod))
        {
            return "renewDeadline must be greater than retryPeriod*JitterFactor";
        }

        return this switch
        {
            { LeaseDuration: < 1 } => "leaseDuration must be greater than zero",
            { RenewDeadline: < 1 } => "renewDeadline must be greater than zero",
            { RetryPeriod: < 1 } => "retryPeriod must be greater than zero",
            _ => null,
        };
    }

    /// <summary>The pause after an attempt that did not make one a leader.</summary>
    /// <param name="sample">A number from 0 to below 1.</param>
    public long PauseAfterFailure(double sample) => RetryPeriod + (long)Math.Round(RetryPeriod * JitterFactor * sample);
}
