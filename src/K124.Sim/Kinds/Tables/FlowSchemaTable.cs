using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Flow schemas, shown in the order in which the server tries them.</summary>
internal sealed class FlowSchemaTable() : TablePrinter(TableColumn.List(
    "Name", "PriorityLevel", "MatchingPrecedence", "DistinguisherMethod", "Age", "MissingPL"))
{
    private const long StandardPrecedence = 1000;

    public override IEnumerable<JsonObject> Order(IEnumerable<JsonObject> items) =>
        items.OrderBy(Precedence).ThenBy(item => item.Name(), StringComparer.Ordinal);

    protected override TableCell[] Cells(JsonObject item, DateTimeOffset now) =>
    [
        item.Name(),
        item.Spec().Object("priorityLevelConfiguration").Text("name"),
        Precedence(item),
        item.Spec().Object("distinguisherMethod").TextOrNull("type") ?? CellText.None,
        CellText.Age(item, now),
        item.Status().Items("conditions").FirstOrDefault(condition => condition.Text("type") == "Dangling").TextOrNull("status") ?? "?",
    ];

    private static long Precedence(JsonObject item) => item.Spec().NumberOrNull("matchingPrecedence") ?? StandardPrecedence;
}
