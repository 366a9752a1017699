using System.CommandLine;
using K124.Sim.Scheduling;

namespace K124.Sim.Benchmarks.Scheduling.Quick;

/// <summary>The quick form of the benchmarks: a line a workload in about two minutes, or a figure.</summary>
internal static class QuickCommand
{
    private const int AllNodes = 100;
    private static readonly TimeSpan LibraryTime = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan ReferenceTime = TimeSpan.FromSeconds(0.6);

    public static Command Create()
    {
        Option<string> filter = new("--filter") { Description = "Only what has this in its name, whatever the case.", DefaultValueFactory = static _ => "" };
        Option<FileInfo?> figure = new("--figure") { Description = "Plot how the cost of a decision grows with the cluster into this file (.svg or .png), instead." };
        Option<DirectoryInfo?> trace = new("--trace") { Description = "Folder of the public trace alibaba-gpu-2023, to place it whole." };
        var command = new Command("quick", "Measures the scheduler's workloads in about two minutes.") { filter, figure, trace };
        command.SetAction(result =>
        {
            Meter.WarmUp();
            if (result.GetValue(figure) is { } file)
            {
                GrowthFigure.Write(file.FullName, Console.Out);
                return;
            }

            var wanted = result.GetValue(filter)!;
            MeasureWorkloads(wanted);
            WholeRuns.Measure(wanted, result.GetValue(trace), Console.Out);
        });
        return command;
    }

    private static void MeasureWorkloads(string wanted)
    {
        foreach (var workload in SchedulingWorkloads.All.Where(item => item.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var nodes in workload.QuickNodes)
            {
                var data = new WorkloadData(workload, nodes);
                foreach (var percentage in new[] { AllNodes, 0 })
                {
                    Console.WriteLine(Line(data, nodes, percentage));
                }
            }
        }
    }

    private static string Line(WorkloadData data, int nodes, int percentage)
    {
        var options = new SchedulerOptions { PercentageOfNodesToScore = percentage };
        var library = Meter.Rounds(data, new LibraryScheduler(data.Cluster, options), LibraryTime * data.Workload.QuickRounds);
        var reference = percentage == 0 || nodes <= data.Workload.MaxReferenceNodes ? Reference(data, options) : (double?)null;
        var ratio = reference is { } nanoseconds ? Text($"{Times(nanoseconds / library.Nanoseconds)} reference ({nanoseconds / 1e6:0.00} ms)") : "reference too slow to ask";
        var unplaced = library.Unplaced > 0 ? Text($", {library.Unplaced:P0} unplaced") : "";
        return Text($"{data.Workload.Name} {nodes} nodes{(percentage == 0 ? ", adaptive" : "")}: {1e9 / library.Nanoseconds:N0} decisions/s, {ratio}, {library.Bytes:N0} B/decision{unplaced}");
    }

    /// <summary>Nanoseconds that the reference takes a decision, once the library has decided as it did.</summary>
    private static double Reference(WorkloadData data, SchedulerOptions options)
    {
        var run = new WorkloadRun(data, new PlainScheduler(data, options), records: true);
        var measured = Meter.Turns(run, ReferenceTime);
        run.EndRecord();
        Agreement.Check(data, options, run.Decisions);
        return measured.Nanoseconds;
    }

    private static string Times(double ratio) => ratio < 10 ? Text($"{ratio:0.0}x") : Text($"{ratio:N0}x");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
