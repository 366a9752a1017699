namespace K124.Sim.Batch;

/// <summary>How far the API server and its watches fall short of being instant and reliable.</summary>
public sealed record JobWorldOptions
{
    /// <summary>No latency and no failures.</summary>
    public static JobWorldOptions Default { get; } = new();

    /// <summary>Milliseconds from a change until the controller's cache shows it, from 0.</summary>
    /// <value>0 by default: a change is seen before the call that made it returns.</value>
    public int WatchLatencyMilliseconds { get; init; }

    /// <summary>Probability, from 0 to 1, that a call of the controller fails.</summary>
    /// <value>0 by default.</value>
    public double FailureProbability { get; init; }

    /// <summary>Seed of the failures.</summary>
    public ulong Seed { get; init; }
}
