using K124.Sim.Scheduling;
using ScottPlot;

namespace K124.Sim.Benchmarks.Scheduling.Quick;

/// <summary>A plot of the time a decision takes over the number of nodes, both axes logarithmic.</summary>
internal static class GrowthFigure
{
    private const int Width = 900;
    private const int Height = 560;
    private const double NanosecondsPerMicrosecond = 1_000;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(0.5);
    private static readonly int[] NodeCounts = [100, 1_000, 5_000, 15_000, 100_000];
    private static readonly int[] ReferenceNodeCounts = [100, 1_000, 5_000];
    private static readonly string[] Names = ["SchedulingBasic", "DefaultTopologySpreading", "TopologySpreading", "SchedulingPodAffinity", "SchedulingPreferredPodAntiAffinity", "Unschedulable"];

    /// <summary>Measures and plots, all nodes scored.</summary>
    /// <param name="path">File to write: .svg or .png.</param>
    /// <param name="progress">Where to tell each figure.</param>
    public static void Write(string path, TextWriter progress)
    {
        using var plot = new Plot();
        foreach (var name in Names)
        {
            Add(plot, name, NodeCounts, nodes => Library(name, nodes, progress), plot.Add.Palette.GetColor(Array.IndexOf(Names, name)));
        }

        Add(plot, "SchedulingBasic, reference", ReferenceNodeCounts, nodes => Reference("SchedulingBasic", nodes, progress), Colors.Black);
        plot.Title("Cost of a decision, every node scored");
        plot.XLabel("nodes");
        plot.YLabel("µs a decision");
        plot.Axes.Bottom.TickGenerator = Decades(2, 5, 0);
        plot.Axes.Left.TickGenerator = Decades(-1, 5, 1);
        plot.ShowLegend(Edge.Right);
        if (string.Equals(Path.GetExtension(path), ".svg", StringComparison.OrdinalIgnoreCase))
        {
            plot.SaveSvg(path, Width, Height);
        }
        else
        {
            plot.SavePng(path, Width, Height);
        }
    }

    private static void Add(Plot plot, string label, int[] nodeCounts, Func<int, double> microseconds, Color color)
    {
        var line = plot.Add.Scatter(nodeCounts.Select(static nodes => Math.Log10(nodes)).ToArray(), nodeCounts.Select(nodes => Math.Log10(microseconds(nodes))).ToArray());
        line.LegendText = label;
        line.Color = color;
        line.LineWidth = 2;
    }

    private static double Library(string name, int nodes, TextWriter progress)
    {
        var data = new WorkloadData(SchedulingWorkloads.Find(name), nodes);
        return Tell(name, nodes, Meter.Rounds(data, new LibraryScheduler(data.Cluster, AllScored), Time), progress);
    }

    private static double Reference(string name, int nodes, TextWriter progress)
    {
        var data = new WorkloadData(SchedulingWorkloads.Find(name), nodes);
        return Tell($"{name}, reference", nodes, Meter.Turns(new(data, new PlainScheduler(data, AllScored)), Time), progress);
    }

    private static SchedulerOptions AllScored => new() { PercentageOfNodesToScore = 100 };

    private static double Tell(string name, int nodes, Measurement measured, TextWriter progress)
    {
        progress.WriteLine(FormattableString.Invariant($"{name} {nodes} nodes: {measured.Nanoseconds / NanosecondsPerMicrosecond:0.000} µs a decision"));
        return measured.Nanoseconds / NanosecondsPerMicrosecond;
    }

    private static ScottPlot.TickGenerators.NumericManual Decades(int from, int to, int decimals)
    {
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        for (var decade = from; decade <= to; decade++)
        {
            ticks.AddMajor(decade, Math.Pow(10, decade).ToString(decade < 0 ? $"F{decimals}" : "N0", System.Globalization.CultureInfo.InvariantCulture));
        }

        return ticks;
    }
}
