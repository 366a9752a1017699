using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Planning;

namespace K124.Sim.Cli.Output;

/// <summary>Shows people how many replicas fit.</summary>
internal static class FitTables
{
    private const int NodeLimit = 20;

    public static void Write(Terminal terminal, FitPlan plan, ImmutableArray<ObjectKey> pods)
    {
        terminal.WriteLine(
            $"{Amounts.Count(plan.Replicas, pods.Length == 1 ? "replica" : "set")} of {string.Join(" and ", pods)} {(plan.Replicas == 1 ? "fits" : "fit")}.",
            plan.Replicas == 0 ? TableView.Bad : TableView.Good);
        if (plan.Next is { } next)
        {
            terminal.Output.WriteLine($"The next one does not: {next.Message}");
        }

        terminal.Output.WriteLine();
        WriteNodes(terminal, plan);
        UtilizationTables.Write(terminal, plan.Utilization);
    }

    private static void WriteNodes(Terminal terminal, FitPlan plan)
    {
        if (plan.Nodes.IsEmpty)
        {
            return;
        }

        var table = new TableView().Text("NODE").Number("REPLICAS");
        foreach (var node in plan.Nodes.Take(NodeLimit))
        {
            table.Row(node.NodeName, Amounts.Count(node.Replicas));
        }

        table.WriteTo(terminal);
        if (plan.Nodes.Length > NodeLimit)
        {
            terminal.Output.WriteLine($"and {Amounts.Count(plan.Nodes.Length - NodeLimit, "node")} more with replicas; -o json has them all.");
            terminal.Output.WriteLine();
        }
    }
}
