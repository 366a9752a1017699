using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.ExceptionServices;
using K124.Sim.Batch.Forecast.World;
using K124.Sim.Batch.Jobs.Syncing;

namespace K124.Sim.Batch.Forecast;

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
    /// <exception cref="ArgumentException">An option holds what cannot be; the message names it.</exception>
    /// <exception cref="InvalidOperationException">Virtual time stands still, or the Job has more pods than a run can hold; the message says which.</exception>
    public static JobForecastResult Run(
        JobForecastOptions options, int maxThreads = -1, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        var runs = new JobForecastRun[options.Runs];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxThreads, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, runs.Length, parallel, run =>
            {
                runs[run] = RunOne(options, run, cancellationToken);
                progress?.Report(run);
            });
        }
        catch (AggregateException exception) when (exception.InnerExceptions[0] is InvalidOperationException first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return new([.. runs]);
    }

    /// <summary>Runs one run of a forecast.</summary>
    /// <param name="options">What it assumes.</param>
    /// <param name="run">Its number, from 0, which picks its stream of the seed.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The run.</returns>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    /// <exception cref="InvalidOperationException">Virtual time stands still, or the Job has more pods than a run can hold; the message says which.</exception>
    public static JobForecastRun RunOne(JobForecastOptions options, int run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var random = SeededRandom.Stream(options.Profile.Seed, run.ToString(CultureInfo.InvariantCulture));
        var start = options.Job.Metadata.CreationTimestamp ?? DateTimeOffset.UnixEpoch;
        var world = new JobWorld(
            options.Job, start, options.Profile, new DrawnSteps(options, random), WorldOf(options, run),
            TimeSpan.Zero, SuspendActions(options.SuspendWindows), log: null);
        world.Guard.CancellationToken = cancellationToken;
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

    /// <exception cref="ArgumentException">An option holds what cannot be.</exception>
    private static void Check(JobForecastOptions options)
    {
        var problem = options.Runs < 1 ? $"{nameof(options.Runs)} must be at least 1"
            : options.FailureProbability is not (>= 0 and <= 1) ? $"{nameof(options.FailureProbability)} must lie between 0 and 1"
            : options.Horizon <= TimeSpan.Zero ? $"{nameof(options.Horizon)} must be above zero"
            : options.SuspendWindows.Any(static window => window.From < TimeSpan.Zero || window.To <= window.From)
                ? $"{nameof(options.SuspendWindows)} must each end after they begin, and begin with the Job or later"
            : JobScenarioRules.FindProblem(options.Job) is (_, var jobMessage) ? $"{nameof(options.Job)}: {jobMessage}"
            : JobScenarioRules.FindProblem(options.World) is var (path, message) ? $"{path} {message}"
            : null;
        if (problem is not null)
        {
            throw new ArgumentException(problem, nameof(options));
        }
    }

    /// <summary>The world of one run; what it draws is its own.</summary>
    private static JobWorldOptions WorldOf(JobForecastOptions options, int run) => options.World.IsRandom
        ? options.World with { Seed = SeededRandom.Stream(options.World.Seed, string.Create(CultureInfo.InvariantCulture, $"world {run}")).NextBits() }
        : options.World;

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
