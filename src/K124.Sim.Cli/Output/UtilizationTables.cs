using System.Collections.Immutable;
using K124.Sim.Planning;
using Spectre.Console;

namespace K124.Sim.Cli.Output;

/// <summary>Shows people how full nodes are before and after a plan.</summary>
internal static class UtilizationTables
{
    /// <summary>Nodes that are shown one by one; of more, only the fullest and the emptiest.</summary>
    private const int NodeLimit = 20;
    private const int Fullest = 10;
    private const int Emptiest = 5;
    private const double Full = 1;
    private const double NearlyFull = 0.9;

    /// <summary>The resources that have a column of their own for each node.</summary>
    private static readonly ImmutableArray<string> Columns = ["cpu", "memory", "pods"];

    public static void Write(Terminal terminal, ImmutableArray<NodeUtilization> nodes)
    {
        WriteTotals(terminal, nodes);
        WriteNodes(terminal, nodes);
    }

    private static void WriteTotals(Terminal terminal, ImmutableArray<NodeUtilization> nodes)
    {
        var table = new TableView().Text("RESOURCE").Number("ALLOCATABLE").Number("REQUESTED BEFORE").Number("AFTER").Number("SHARE AFTER");
        foreach (var resource in nodes.SelectMany(static node => node.Resources).GroupBy(static resource => resource.Resource, StringComparer.Ordinal))
        {
            var total = Sum(resource.Key, resource);
            table.Row(
                StyleOf(total),
                resource.Key,
                Amounts.Of(resource.Key, total.Allocatable),
                Amounts.Of(resource.Key, total.Before),
                Amounts.Of(resource.Key, total.After),
                Amounts.Share(total.ShareAfter));
        }

        table.WriteTo(terminal);
    }

    private static ResourceUtilization Sum(string name, IEnumerable<ResourceUtilization> resources) => resources.Aggregate(
        new ResourceUtilization(name, 0, 0, 0),
        static (sum, one) => sum with { Allocatable = sum.Allocatable + one.Allocatable, Before = sum.Before + one.Before, After = sum.After + one.After });

    private static void WriteNodes(Terminal terminal, ImmutableArray<NodeUtilization> nodes)
    {
        var byLoad = nodes.OrderByDescending(Load).ThenBy(static node => node.NodeName, StringComparer.Ordinal).ToArray();
        var table = new TableView().Text("NODE");
        foreach (var column in Columns)
        {
            table.Number(column.ToUpperInvariant());
        }

        var isWhole = byLoad.Length <= NodeLimit;
        foreach (var node in isWhole ? byLoad : byLoad[..Fullest])
        {
            AddNode(table, node);
        }

        if (!isWhole)
        {
            table.Row(["...", .. Columns.Select(static _ => "")]);
            foreach (var node in byLoad[^Emptiest..])
            {
                AddNode(table, node);
            }
        }

        table.WriteTo(terminal);
        if (!isWhole)
        {
            terminal.Output.WriteLine(
                $"{Amounts.Count(Fullest)} fullest and {Amounts.Count(Emptiest)} emptiest of {Amounts.Count(byLoad.Length, "node")}; -o json has them all.");
            terminal.Output.WriteLine();
        }
    }

    private static void AddNode(TableView table, NodeUtilization node) => table.Row(
        StyleOf(node.Resources.OrderByDescending(static resource => resource.ShareAfter).FirstOrDefault()),
        [node.NodeName, .. Columns.Select(column => Change(node.Resources.FirstOrDefault(resource => resource.Resource == column)))]);

    private static string Change(ResourceUtilization resource) => resource.Allocatable == 0 && resource.After == 0
        ? "-"
        : resource.Before == resource.After
            ? Amounts.Share(resource.ShareAfter)
            : $"{Amounts.Share(resource.ShareBefore)} -> {Amounts.Share(resource.ShareAfter)}";

    private static double Load(NodeUtilization node) => node.Resources.Select(static resource => resource.ShareAfter).DefaultIfEmpty().Max();

    private static Style StyleOf(ResourceUtilization resource) => resource.ShareAfter switch
    {
        > Full => TableView.Bad,
        >= NearlyFull => TableView.Open,
        _ => TableView.Plain,
    };
}
