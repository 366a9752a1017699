using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Batch.Forecast;

/// <summary>What a forecast of a Job assumes.</summary>
public sealed record JobForecastOptions
{
    /// <summary>The Job as stored, with defaults and selector.</summary>
    public required Job Job { get; init; }

    /// <summary>How long a pod runs that succeeds.</summary>
    public required Distribution PodDuration { get; init; }

    /// <summary>Probability, from 0 to 1, that a pod fails.</summary>
    /// <value>0 by default.</value>
    public double FailureProbability { get; init; }

    /// <summary>How long a pod runs that fails.</summary>
    /// <value>As long as one that succeeds, by default.</value>
    public Distribution? FailureDuration { get; init; }

    /// <summary>From the creation of a pod until it runs.</summary>
    /// <value>One second by default.</value>
    public Distribution StartDelay { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new Distribution.Constant(1);

    /// <summary>Times in which the Job is suspended.</summary>
    public ImmutableArray<SuspendWindow> SuspendWindows { get => field.IsDefault ? [] : field; init; }

    /// <summary>Number of runs, at least 1.</summary>
    /// <value>1,000 by default.</value>
    public int Runs { get; init; } = 1_000;

    /// <summary>How long a run lasts at most.</summary>
    /// <value>365 days by default.</value>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Latency and failures between the controller and the API server.</summary>
    /// <value>None by default.</value>
    public JobWorldOptions World { get; init => field = value ?? JobWorldOptions.Default; } = JobWorldOptions.Default;

    /// <summary>Release, feature gates, and the seed of the forecast, of which each run has a stream of its own.</summary>
    public ClusterProfile Profile { get; init => field = value ?? ClusterProfile.Default; } = ClusterProfile.Default;
}
