using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Batch.Internal;

namespace K124.Sim.Batch;

/// <summary>Forecasts of a Job for planners: many runs of the real controller's decisions over drawn pod durations and failures.</summary>
public static class JobForecast
{
    /// <summary>Runs a forecast, its runs side by side; the figures do not depend on how many threads there are.</summary>
    /// <param name="options">What it assumes.</param>
    /// <param name="maxThreads">Most runs at one time; −1 for as many as there are processors.</param>
    /// <param name="progress">Told the number of each finished run, in no order.</param>
    /// <param name="cancellationToken">Ends the forecast.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="OperationCanceledException">The forecast was ended.</exception>
    /// <exception cref="ArgumentException">There is no run, or a probability is not one.</exception>
    public static JobForecastResult Run(
        JobForecastOptions options, int maxThreads = -1, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Runs, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.FailureProbability, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.FailureProbability, 1, nameof(options));
        var runs = new JobForecastRun[options.Runs];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxThreads, CancellationToken = cancellationToken };
        Parallel.For(0, runs.Length, parallel, run =>
        {
            runs[run] = RunOne(options, run);
            progress?.Report(run);
        });
        return new([.. runs]);
    }

    /// <summary>Runs one run of a forecast.</summary>
    /// <param name="options">What it assumes.</param>
    /// <param name="run">Its number, from 0, which picks its stream of the seed.</param>
    /// <returns>The run.</returns>
    public static JobForecastRun RunOne(JobForecastOptions options, int run)
    {
        ArgumentNullException.ThrowIfNull(options);
        var random = SeededRandom.Stream(options.Seed, run.ToString(CultureInfo.InvariantCulture));
        var start = options.Job.Metadata.CreationTimestamp ?? DateTimeOffset.UnixEpoch;
        var world = new JobWorld(
            options.Job, start, options.Gates, options.Release, new DrawnSteps(options, random), JobWorldOptions.Default,
            TimeSpan.Zero, SuspendActions(options.SuspendWindows), log: null);
        var endTicks = start.UtcTicks + Math.Min(options.Horizon.Ticks, DateTimeOffset.MaxValue.UtcTicks - start.UtcTicks);
        while (!world.Status.IsFinished && world.Step(endTicks))
        {
        }

        var finished = world.Status.IsFinished;
        return new(
            finished ? OutcomeOf(world.Status) : JobOutcome.Unfinished,
            finished ? new(world.Clock.UtcTicks - start.UtcTicks) : options.Horizon,
            world.PodCount,
            world.Status.Failed,
            (double)world.UsefulTicks / TimeSpan.TicksPerSecond,
            (double)world.WastedTicks / TimeSpan.TicksPerSecond);
    }

    private static IEnumerable<JobAction> SuspendActions(ImmutableArray<SuspendWindow> windows)
    {
        foreach (var window in windows)
        {
            yield return new() { At = window.From, Operation = JobOperation.SetSuspend, Suspend = true };
            yield return new() { At = window.To, Operation = JobOperation.SetSuspend, Suspend = false };
        }
    }

    private static JobOutcome OutcomeOf(JobStatusColumns status) => status.Conditions[^1].Reason switch
    {
        "BackoffLimitExceeded" => JobOutcome.BackoffLimitExceeded,
        "DeadlineExceeded" => JobOutcome.DeadlineExceeded,
        _ => JobOutcome.Complete,
    };
}
