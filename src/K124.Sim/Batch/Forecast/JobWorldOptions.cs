namespace K124.Sim.Batch.Forecast;

/// <summary>How far the API server and its watches fall short of being instant and reliable.</summary>
public sealed record JobWorldOptions
{
    /// <summary>No latency and no failures.</summary>
    public static JobWorldOptions Default { get; } = new();

    /// <summary>Milliseconds from a change until the controller's cache shows it, from 0.</summary>
    /// <value>0 by default: a change is seen before the call that made it returns.</value>
    public int WatchLatencyMilliseconds { get; init; }

    /// <summary>Most milliseconds, from 0, that are added at random to <see cref="WatchLatencyMilliseconds"/>. Events of pods keep their
    /// order among themselves, and so do those of the Job; the two watches may overtake each other.</summary>
    /// <value>0 by default.</value>
    public int WatchJitterMilliseconds { get; init; }

    /// <summary>Milliseconds that a call of the controller takes, from 0; calls that it makes side by side take them together.</summary>
    /// <value>0 by default: a sync takes no time.</value>
    /// <remarks>A sync decides by what its cache showed, and by the time, when it began; users and pods go on while it waits. A sync
    /// that began before the end of a run is finished, so that time may stand up to its calls past that end.</remarks>
    public int ApiLatencyMilliseconds { get; init; }

    /// <summary>Probability, from 0 to 1, that a call of the controller fails.</summary>
    /// <value>0 by default.</value>
    public double FailureProbability { get; init; }

    /// <summary>Seed of the failures and of the jitter.</summary>
    public ulong Seed { get; init; }

    internal bool IsRandom => FailureProbability > 0 || WatchJitterMilliseconds > 0;
}
