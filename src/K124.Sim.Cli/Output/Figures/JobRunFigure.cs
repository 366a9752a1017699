using K124.Sim.Batch.Forecast;
using K124.Sim.Model;

namespace K124.Sim.Cli.Output.Figures;

/// <summary>The counters of a Job's status over time, with the times in which it was suspended.</summary>
internal static class JobRunFigure
{
    private const double ShownAfterLastChange = 1.1;

    public static SvgPlot Draw(JobTimeline timeline, string jobName)
    {
        var end = timeline.Checkpoints is [.., var last] ? last.At : TimeSpan.Zero;
        var statuses = timeline.Timeline.Where(static entry => entry.Status is not null).Select(static entry => (entry.At, Status: entry.Status!)).ToList();

        // What happens after the last change is drawn no longer than it took to get there.
        var shownEnd = statuses.Count > 0 ? TimeSpan.FromTicks(Math.Min(end.Ticks, (statuses[^1].At * ShownAfterLastChange).Ticks + TimeSpan.TicksPerSecond)) : end;
        var axis = TimeAxis.For(shownEnd);
        var plot = new SvgPlot($"Job {jobName}: pods as its status shows them", axis.Label, "pods") { MaxX = axis.Of(shownEnd) };
        AddLine(plot, statuses, shownEnd, axis, "active", SvgPlot.ColorOf(0), static status => status.Active);
        AddLine(plot, statuses, shownEnd, axis, "ready", SvgPlot.ColorOf(9), static status => status.Ready ?? 0);
        AddLine(plot, statuses, shownEnd, axis, "succeeded", SvgPlot.ColorOf(2), static status => status.Succeeded);
        AddLine(plot, statuses, shownEnd, axis, "failed", SvgPlot.ColorOf(3), static status => status.Failed);
        MarkSuspension(plot, statuses, shownEnd, axis);
        return plot;
    }

    private static void AddLine(
        SvgPlot plot, List<(TimeSpan At, JobStatus Status)> statuses, TimeSpan end, TimeAxis axis, string name, string color, Func<JobStatus, int> read)
    {
        List<(double X, double Y)> points = [(0, 0)];
        foreach (var (at, status) in statuses)
        {
            points.Add((axis.Of(at), read(status)));
        }

        points.Add((axis.Of(end), points[^1].Y));
        plot.AddSteps(points, color, name);
    }

    private static void MarkSuspension(SvgPlot plot, List<(TimeSpan At, JobStatus Status)> statuses, TimeSpan end, TimeAxis axis)
    {
        TimeSpan? from = null;
        foreach (var (at, status) in statuses.Append((end, new JobStatus())))
        {
            var suspended = status.Conditions.Any(static condition => condition is { Type: "Suspended", Status: "True" });
            if (suspended)
            {
                from ??= at;
            }
            else if (from is { } start)
            {
                plot.AddBand(axis.Of(start), axis.Of(at), "suspended");
                from = null;
            }
        }
    }
}
