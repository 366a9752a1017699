using K124.Sim.Model;
using K124.Sim.Planning;
using Spectre.Console;

namespace K124.Sim.Cli.Output;

/// <summary>Shows people where pods go.</summary>
internal static class PlacementTables
{
    private const int PodLimit = 40;
    private const int SourceLimit = 30;
    private const int FailureLimit = 20;

    public static void Write(Terminal terminal, PlacementPlan plan)
    {
        var unschedulable = plan.Unschedulable.Count();
        var notCreated = plan.NotCreated.Sum(static pods => pods.Pods);
        var rest = notCreated > 0 ? $", {Amounts.Count(notCreated)} not created" : "";
        terminal.WriteLine(
            $"{Amounts.Count(plan.Pods.Length - unschedulable)} of {Amounts.Count(plan.Pods.Length + notCreated, "pod")} placed, {Amounts.Count(unschedulable)} unschedulable{rest}.",
            unschedulable + notCreated > 0 ? TableView.Bad : TableView.Good);
        terminal.Output.WriteLine();
        WriteSources(terminal, plan);
        WriteFailures(terminal, plan);
        WritePods(terminal, plan);
        UtilizationTables.Write(terminal, plan.Utilization);
    }

    private static void WriteSources(Terminal terminal, PlacementPlan plan)
    {
        // Those with trouble first, since only so many are shown; otherwise as they were decided on.
        var sources = plan.Pods.GroupBy(static pod => pod.Source, StringComparer.Ordinal)
            .Select(static pods => (Source: pods.Key, Pods: pods.Count(), Failed: pods.Count(static pod => !pod.Result.IsScheduled), Nodes: NodesOf(pods)))
            .OrderByDescending(static source => source.Failed > 0)
            .ToArray();
        if (sources.Length == 0)
        {
            return;
        }

        var table = new TableView().Text("SOURCE").Number("PODS").Number("PLACED").Number("UNSCHEDULABLE").Number("NODES");
        foreach (var (source, pods, failed, nodes) in sources.Take(SourceLimit))
        {
            table.Row(
                failed > 0 ? TableView.Bad : TableView.Plain,
                source,
                Amounts.Count(pods),
                Amounts.Count(pods - failed),
                Amounts.Count(failed),
                Amounts.Count(nodes));
        }

        table.WriteTo(terminal);
        WriteRest(terminal, sources.Length - SourceLimit, "source");
    }

    private static int NodesOf(IEnumerable<PodPlacement> pods) =>
        pods.Where(static pod => pod.Result.IsScheduled).Select(static pod => pod.Result.NodeName).Distinct(StringComparer.Ordinal).Count();

    private static void WriteFailures(Terminal terminal, PlacementPlan plan)
    {
        var failures = plan.Unschedulable.GroupBy(static pod => (pod.Source, pod.Result.Message)).ToArray();
        foreach (var failure in failures.Take(FailureLimit))
        {
            terminal.Output.WriteLine($"{failure.Key.Source}: {Amounts.Count(failure.Count(), "pod")}, first {ObjectKey.Of(failure.First().Pod)}:");
            terminal.Output.WriteLine($"    {failure.Key.Message}");
        }

        foreach (var held in plan.NotCreated.Take(FailureLimit))
        {
            terminal.Output.WriteLine($"{held.Source}: {Amounts.Count(held.Pods, "pod")} not created:");
            terminal.Output.WriteLine($"    {held.Reason}");
        }

        if (failures.Length + plan.NotCreated.Length > 0)
        {
            terminal.Output.WriteLine();
        }

        WriteRest(terminal, Math.Max(failures.Length, plan.NotCreated.Length) - FailureLimit, "reason");
    }

    private static void WritePods(Terminal terminal, PlacementPlan plan)
    {
        if (plan.Pods.IsEmpty)
        {
            return;
        }

        if (plan.Pods.Length > PodLimit)
        {
            terminal.Output.WriteLine($"-o json lists the node of each of the {Amounts.Count(plan.Pods.Length, "pod")}.");
            terminal.Output.WriteLine();
            return;
        }

        var table = new TableView().Text("POD").Text("NODE");
        foreach (var pod in plan.Pods)
        {
            table.Row(pod.Result.IsScheduled ? TableView.Plain : TableView.Bad, ObjectKey.Of(pod.Pod).ToString(), pod.Result.NodeName ?? "-");
        }

        table.WriteTo(terminal);
    }

    private static void WriteRest(Terminal terminal, int rest, string noun)
    {
        if (rest > 0)
        {
            terminal.Output.WriteLine($"and {Amounts.Count(rest, noun)} more; -o json has them all.");
            terminal.Output.WriteLine();
        }
    }
}
