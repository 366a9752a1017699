using K124.Sim.Batch.Forecast;
using K124.Sim.Model;
using ScottPlot;

namespace K124.Sim.Cli.Output.Figures;

/// <summary>The counters of a Job's status over time, with the times in which it was suspended.</summary>
internal static class JobRunFigure
{
    private const float LineWidth = 2;
    private const double BandOpacity = 0.15;

    public static Plot Draw(JobTimeline timeline, string jobName)
    {
        var plot = new Plot();
        var end = timeline.Checkpoints is [.., var last] ? last.At : TimeSpan.Zero;
        var statuses = timeline.Timeline.Where(static entry => entry.Status is not null).Select(static entry => (entry.At, Status: entry.Status!)).ToList();

        // What happens after the last change is drawn no longer than it took to get there.
        var shownEnd = statuses.Count > 0 ? TimeSpan.FromTicks(Math.Min(end.Ticks, (statuses[^1].At * 1.1).Ticks + TimeSpan.TicksPerSecond)) : end;
        var axis = TimeAxis.For(shownEnd);
        MarkSuspension(plot, statuses, shownEnd, axis);
        AddLine(plot, statuses, shownEnd, axis, "active", Colors.C0, static status => status.Active);
        AddLine(plot, statuses, shownEnd, axis, "ready", Colors.C9, static status => status.Ready ?? 0);
        AddLine(plot, statuses, shownEnd, axis, "succeeded", Colors.C2, static status => status.Succeeded);
        AddLine(plot, statuses, shownEnd, axis, "failed", Colors.C3, static status => status.Failed);
        plot.Title($"Job {jobName}: pods as its status shows them");
        plot.YLabel("pods");
        axis.Label(plot, "its creation");
        plot.ShowLegend(Alignment.UpperLeft);
        plot.Axes.AutoScale();
        plot.Axes.SetLimits(0, axis.Of(shownEnd), 0, plot.Axes.GetLimits().Top);
        return plot;
    }

    private static void AddLine(
        Plot plot, List<(TimeSpan At, JobStatus Status)> statuses, TimeSpan end, TimeAxis axis, string name, Color color, Func<JobStatus, int> read)
    {
        List<double> times = [0];
        List<double> counts = [0];
        foreach (var (at, status) in statuses)
        {
            times.Add(axis.Of(at));
            counts.Add(read(status));
        }

        times.Add(axis.Of(end));
        counts.Add(counts[^1]);
        var line = plot.Add.ScatterLine(times.ToArray(), counts.ToArray(), color);
        line.ConnectStyle = ConnectStyle.StepHorizontal;
        line.LineWidth = LineWidth;
        line.LegendText = name;
    }

    private static void MarkSuspension(Plot plot, List<(TimeSpan At, JobStatus Status)> statuses, TimeSpan end, TimeAxis axis)
    {
        TimeSpan? from = null;
        var isNamed = false;
        foreach (var (at, status) in statuses.Append((end, new JobStatus())))
        {
            var suspended = status.Conditions.Any(static condition => condition is { Type: "Suspended", Status: "True" });
            if (suspended)
            {
                from ??= at;
            }
            else if (from is { } start)
            {
                var band = plot.Add.HorizontalSpan(axis.Of(start), axis.Of(at), Colors.Gray.WithOpacity(BandOpacity));
                band.LegendText = isNamed ? "" : "suspended";
                isNamed = true;
                from = null;
            }
        }
    }
}
