using System.Diagnostics;
using System.Globalization;
using CapacityPlanning;
using K124.Sim.Scheduling;

namespace K124.Sim.Benchmarks.Scheduling.Quick;

/// <summary>Things done as a whole: small clusters, questions of what would be, clusters that are filled, a real trace.</summary>
internal static class WholeRuns
{
    private const int SmallWorlds = 10_000;
    private const int Branches = 10_000;
    private const int Forks = 3_000;
    private const int LargeNodes = 100_000;
    private const double Megabyte = 1e6;

    public static void Measure(string wanted, DirectoryInfo? trace, TextWriter output)
    {
        var runs = new List<(string Name, Func<string> Run)>
        {
            ("SmallWorld", MeasureSmallWorlds),
            ("WhatIf", MeasureWhatIf),
            ("Fork", MeasureFork),
            ("Fill", static () => MeasureFill(5_000)),
        };
        if (trace is not null)
        {
            runs.Add(("Trace", () => MeasureTrace(trace.FullName)));
        }

        if (string.Equals(wanted, "LargeCluster", StringComparison.OrdinalIgnoreCase))
        {
            // Not part of every run: the pods alone take a minute and gigabytes to make.
            runs.Add(("LargeCluster", static () => MeasureFill(LargeNodes)));
        }

        foreach (var (name, run) in runs.Where(item => item.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {run()}"));
        }
    }

    private static string MeasureSmallWorlds()
    {
        var world = new SmallWorld();
        var seconds = Best(() =>
        {
            for (var i = 0; i < SmallWorlds; i++)
            {
                world.Run();
            }
        });
        return Text($"10 nodes, 50 pods: {seconds / SmallWorlds * 1e6:N1} µs each, {SmallWorlds:N0} in {seconds:0.00} s");
    }

    private static string MeasureWhatIf()
    {
        var whatIf = new WhatIf { Nodes = 5_000 };
        whatIf.Setup();
        var seconds = Best(() =>
        {
            for (var i = 0; i < Branches; i++)
            {
                whatIf.PlaceAndRollBack();
            }
        });
        return Text($"5000 nodes, 150,000 pods: {Branches:N0} branches of one pod in {seconds:0.000} s");
    }

    private static string MeasureFork()
    {
        var whatIf = new WhatIf { Nodes = 5_000 };
        whatIf.Setup();
        return Text($"5000 nodes, 150,000 pods: {Each(() => whatIf.Fork()):0.0} µs a fork, {Each(() => whatIf.ForkAndAssume()):0.0} µs with a pod put on a node in it, {Each(() => whatIf.ForkAndPlace()):0.0} µs with a first decision in it");

        static double Each(Action run) => Best(() =>
        {
            for (var i = 0; i < Forks; i++)
            {
                run();
            }
        }) / Forks * 1e6;
    }

    private static string MeasureFill(int nodes)
    {
        var data = new WorkloadData(SchedulingWorkloads.Fill, nodes);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        var scheduler = new Scheduler(data.Cluster);
        foreach (var pod in data.Measured)
        {
            scheduler.Place(pod);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(scheduler);
        GC.KeepAlive(data);
        using var process = Process.GetCurrentProcess();
        return Text($"{nodes} nodes, {data.Measured.Length:N0} pods: {seconds:0.00} s, {bytes / Megabyte:N0} MB beyond the model, peak working set {process.PeakWorkingSet64 / Megabyte:N0} MB");
    }

    private static string MeasureTrace(string folder)
    {
        var placed = 0;
        var seconds = Best(() =>
        {
            var cluster = AlibabaGpuTrace.Read(folder);
            var scheduler = new Scheduler(cluster);
            placed = cluster.Pods.Count(pod => scheduler.Place(pod).IsScheduled);
        });
        return Text($"alibaba-gpu-2023, file to result: {placed:N0} pods placed, {seconds:0.000} s");
    }

    /// <summary>Seconds of the best of three runs.</summary>
    private static double Best(Action run) => Enumerable.Range(0, 3).Min(_ =>
    {
        var started = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    });

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
