using System.Collections.Immutable;
using K124.Sim.Planning;

namespace K124.Sim.Cli.Output;

/// <summary>A rollout as tables.</summary>
internal static class RolloutTables
{
    private const int MostMoments = 40;

    public static void Write(Terminal terminal, RolloutPlan plan)
    {
        foreach (var (key, refusal) in plan.Refusals)
        {
            terminal.Output.WriteLine($"refused: {key}: {refusal.Message}");
        }

        WriteMoments(terminal, plan);
        WriteEvents(terminal, plan);
        WriteBlocks(terminal, plan);
        WriteBudgets(terminal, plan);
        terminal.Output.WriteLine(plan.Duration is { } duration
            ? $"complete after {duration:c}"
            : $"not complete after {plan.Simulated:c}, and nothing moves any more");
        terminal.Output.WriteLine($"at most {Amounts.Count(plan.PeakPods, "pod")} on {Amounts.Count(plan.PeakNodes, "node")} at one time");
        terminal.Output.WriteLine(plan.MissingNodes switch
        {
            0 => "no pod waits for room",
            { } missing => $"{Amounts.Count(missing, "node")} more like {plan.NodeModel} and no pod would wait for room",
            null => $"pods wait for room; no number of nodes like {plan.NodeModel} changes that",
        });
    }

    private static void WriteMoments(Terminal terminal, RolloutPlan plan)
    {
        var table = new TableView().Number("AFTER").Text("WORKLOAD").Text("READY").Number("UP-TO-DATE").Number("AVAILABLE").Number("PODS").Number("NODES").Number("WAITING");
        foreach (var moment in Thinned(plan.Moments))
        {
            foreach (var workload in moment.Workloads)
            {
                table.Row(
                    workload.IsComplete ? TableView.Good : moment.Waiting > 0 ? TableView.Open : TableView.Plain,
                    moment.After.ToString("c"),
                    $"{workload.Kind} {workload.Key}",
                    $"{workload.Ready}/{workload.Wanted}",
                    Amounts.Count(workload.Updated),
                    Amounts.Count(workload.Available),
                    Amounts.Count(moment.Pods),
                    Amounts.Count(moment.Nodes),
                    Amounts.Count(moment.Waiting));
            }
        }

        table.WriteTo(terminal);
    }

    /// <summary>The last state of each instant, and of those an even choice if they are many.</summary>
    private static IEnumerable<RolloutMoment> Thinned(ImmutableArray<RolloutMoment> moments)
    {
        var instants = moments.GroupBy(static moment => moment.After).Select(static group => group.Last()).ToArray();
        var step = Math.Max(1, (instants.Length + MostMoments - 1) / MostMoments);
        return instants.Where((_, i) => i % step == 0 || i == instants.Length - 1);
    }

    /// <summary>What befell the workloads themselves; of the pods' events only what went wrong.</summary>
    private static void WriteEvents(Terminal terminal, RolloutPlan plan)
    {
        var events = plan.Events.Where(static entry => entry.Event is { Reason: "ScalingReplicaSet" } or { Type: "Warning" }
                || (entry.Kind is "StatefulSet" or "DaemonSet" && entry.Event is { Reason: "SuccessfulCreate" or "SuccessfulDelete" }))
            .GroupBy(static entry => (entry.Event!.Type, entry.Event.Reason, entry.Kind, Key: entry.Event.Reason == "FailedScheduling" ? default : entry.Key, entry.Event.Message)).ToArray();
        if (events.Length == 0)
        {
            return;
        }

        foreach (var group in events)
        {
            var times = group.Count() == 1 ? "" : $" ({Amounts.Count(group.Count())} times)";
            terminal.Output.WriteLine($"{group.First().Time - plan.Start:c} {group.Key.Type} {group.Key.Reason} {group.Key.Kind} {group.First().Key}{times}: {group.Key.Message}");
        }

        terminal.Output.WriteLine();
    }

    private static void WriteBlocks(Terminal terminal, RolloutPlan plan)
    {
        if (plan.Blocks.IsEmpty)
        {
            return;
        }

        var table = new TableView().Text("BLOCK").Text("OBJECT").Text("AT THE END").Text("MESSAGE");
        foreach (var block in plan.Blocks)
        {
            table.Row(block.IsOverAtEnd ? TableView.Open : TableView.Bad, block.Reason, block.Object, block.IsOverAtEnd ? "over" : "stands", block.Message);
        }

        table.WriteTo(terminal);
    }

    private static void WriteBudgets(Terminal terminal, RolloutPlan plan)
    {
        if (plan.Budgets.IsEmpty)
        {
            return;
        }

        var table = new TableView().Text("BUDGET").Number("DESIRED").Number("LEAST HEALTHY").Number("LEAST ALLOWED").Text("CLOSED TO EVICTION FOR");
        foreach (var budget in plan.Budgets)
        {
            table.Row(
                budget.LeastHealthy < budget.Desired ? TableView.Bad : budget.LeastAllowed == 0 ? TableView.Open : TableView.Plain,
                budget.Key.ToString(),
                Amounts.Count(budget.Desired),
                Amounts.Count(budget.LeastHealthy),
                Amounts.Count(budget.LeastAllowed),
                budget.ClosedFor.ToString("c"));
        }

        table.WriteTo(terminal);
    }
}
