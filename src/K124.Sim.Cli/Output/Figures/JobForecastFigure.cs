using System.Globalization;
using K124.Sim.Batch.Forecast;
using K124.Sim.Cli.Output.Jobs;
using ScottPlot;

namespace K124.Sim.Cli.Output.Figures;

/// <summary>The share of runs that are complete over time, one curve a parallelism, with percentiles marked on it.</summary>
internal static class JobForecastFigure
{
    private const float LineWidth = 2;
    private const float MarkSize = 9;
    private const double Whole = 100;

    public static Plot Draw(IReadOnlyList<JobForecastRow> rows, string jobName)
    {
        var plot = new Plot();
        var longest = rows.Max(static row => row.Result.CompletionPercentile(Whole) ?? TimeSpan.Zero);
        var axis = TimeAxis.For(longest);
        var palette = new ScottPlot.Palettes.Category10();
        for (var i = 0; i < rows.Count; i++)
        {
            AddCurve(plot, rows[i], longest, axis, palette.GetColor(i));
        }

        plot.Title(string.Create(CultureInfo.InvariantCulture, $"Job {jobName}: completion over {rows[0].Result.Runs.Length:N0} runs"));
        plot.YLabel("complete runs, %");
        axis.Label(plot, "its creation");
        plot.ShowLegend(Alignment.LowerRight);
        plot.Axes.SetLimitsY(0, Whole + 2);
        return plot;
    }

    private static void AddCurve(Plot plot, JobForecastRow row, TimeSpan end, TimeAxis axis, Color color)
    {
        var runs = row.Result.Runs;
        var completions = runs.Where(static run => run.Outcome == JobOutcome.Complete).Select(static run => run.Elapsed).Order().ToList();
        var name = string.Create(CultureInfo.InvariantCulture, $"parallelism {row.Parallelism:N0}");
        if (completions.Count == 0)
        {
            var none = plot.Add.ScatterLine(new double[] { 0, axis.Of(end) }, [0.0, 0.0], color);
            none.LegendText = $"{name}: none complete";
            return;
        }

        double[] times = [axis.Of(completions[0]), .. completions.Select(axis.Of), axis.Of(end)];
        double[] shares = [0, .. completions.Select((_, i) => (i + 1) * Whole / runs.Length), completions.Count * Whole / runs.Length];
        var curve = plot.Add.ScatterLine(times, shares, color);
        curve.ConnectStyle = ConnectStyle.StepHorizontal;
        curve.LineWidth = LineWidth;
        curve.LegendText = $"{name}: P50 {axis.Text(row.Result.CompletionPercentile(50)!.Value)}, P95 {axis.Text(row.Result.CompletionPercentile(95)!.Value)}";
        foreach (var percentile in JobForecastRow.Percentiles)
        {
            // Percentiles are taken over the complete runs, shares over all.
            var share = percentile * (double)completions.Count / runs.Length;
            plot.Add.Marker(axis.Of(row.Result.CompletionPercentile(percentile)!.Value), share, MarkerShape.FilledCircle, MarkSize, color);
        }
    }
}
