using System.Globalization;
using K124.Sim.Batch.Forecast;
using K124.Sim.Cli.Output.Jobs;

namespace K124.Sim.Cli.Output.Figures;

/// <summary>The share of runs that are complete over time, one curve a parallelism, with percentiles marked on it.</summary>
internal static class JobForecastFigure
{
    private const double Whole = 100;
    private const double Headroom = 2;

    public static SvgPlot Draw(IReadOnlyList<JobForecastRow> rows, string jobName)
    {
        var longest = rows.Max(static row => row.Result.CompletionPercentile(Whole) ?? TimeSpan.Zero);
        var axis = TimeAxis.For(longest);
        var plot = new SvgPlot(string.Create(CultureInfo.InvariantCulture, $"Job {jobName}: completion over {rows[0].Result.Runs.Length:N0} runs"), axis.Label, "complete runs, %")
        {
            MaxX = axis.Of(longest),
            MaxY = Whole + Headroom,
        };
        for (var i = 0; i < rows.Count; i++)
        {
            AddCurve(plot, rows[i], longest, axis, SvgPlot.ColorOf(i));
        }

        return plot;
    }

    private static void AddCurve(SvgPlot plot, JobForecastRow row, TimeSpan end, TimeAxis axis, string color)
    {
        var runs = row.Result.Runs;
        var completions = runs.Where(static run => run.Outcome == JobOutcome.Complete).Select(static run => run.Elapsed).Order().ToList();
        var name = string.Create(CultureInfo.InvariantCulture, $"parallelism {row.Parallelism:N0}");
        if (completions.Count == 0)
        {
            plot.AddSteps([(0, 0), (axis.Of(end), 0)], color, $"{name}: none complete");
            return;
        }

        (double, double)[] points =
        [
            (axis.Of(completions[0]), 0),
            .. completions.Select((completion, i) => (axis.Of(completion), (i + 1) * Whole / runs.Length)),
            (axis.Of(end), completions.Count * Whole / runs.Length),
        ];
        plot.AddSteps(points, color, $"{name}: P50 {axis.Text(row.Result.CompletionPercentile(50)!.Value)}, P95 {axis.Text(row.Result.CompletionPercentile(95)!.Value)}");
        foreach (var percentile in JobForecastRow.Percentiles)
        {
            // Percentiles are taken over the complete runs, shares over all.
            var share = percentile * (double)completions.Count / runs.Length;
            plot.AddMark(axis.Of(row.Result.CompletionPercentile(percentile)!.Value), share, color);
        }
    }
}
