using System.Collections.Immutable;

namespace K124.Sim.Batch.Forecast;

/// <summary>The figures of a forecast.</summary>
public sealed record JobForecastResult
{
    private readonly ImmutableArray<TimeSpan> _completions;
    private readonly ImmutableArray<TimeSpan> _failures;

    internal JobForecastResult(ImmutableArray<JobForecastRun> runs)
    {
        Runs = runs;
        _completions = [.. runs.Where(run => run.Outcome == JobOutcome.Complete).Select(run => run.Elapsed).Order()];
        _failures = [.. runs.Where(run => run.Outcome is JobOutcome.BackoffLimitExceeded or JobOutcome.DeadlineExceeded).Select(run => run.Elapsed).Order()];
    }

    /// <summary>The runs in the order of their numbers.</summary>
    public ImmutableArray<JobForecastRun> Runs { get; }

    /// <summary>Share of the work that was wasted, over all runs, from 0 to 1.</summary>
    public double WastedShare
    {
        get
        {
            double useful = 0, wasted = 0;
            foreach (var run in Runs)
            {
                useful += run.UsefulSeconds;
                wasted += run.WastedSeconds;
            }

            return useful + wasted > 0 ? wasted / (useful + wasted) : 0;
        }
    }

    /// <summary>Share of the runs that ended so.</summary>
    /// <param name="outcome">The end.</param>
    /// <returns>From 0 to 1.</returns>
    public double Probability(JobOutcome outcome) => (double)Runs.Count(run => run.Outcome == outcome) / Runs.Length;

    /// <summary>Time within which the given share of the complete runs was complete, by nearest rank.</summary>
    /// <param name="percentile">Above 0, up to 100.</param>
    /// <returns>The time; null if no run was complete.</returns>
    public TimeSpan? CompletionPercentile(double percentile) => Percentile(_completions, percentile);

    /// <summary>Time within which the given share of the runs whose Job failed had failed, by nearest rank.</summary>
    /// <param name="percentile">Above 0, up to 100.</param>
    /// <returns>The time; null if no Job failed.</returns>
    public TimeSpan? FailurePercentile(double percentile) => Percentile(_failures, percentile);

    private static TimeSpan? Percentile(ImmutableArray<TimeSpan> times, double percentile)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percentile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percentile, 100);
        return times.IsEmpty ? null : times[Math.Max(0, (int)Math.Ceiling(percentile / 100 * times.Length) - 1)];
    }
}
