using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Pods.</summary>
internal sealed class PodTable() : TablePrinter(TableColumn.List(
    "Name", "Ready", "Status", "Restarts", "Age", "IP*", "Node*", "Nominated Node*", "Readiness Gates*"))
{
    private static readonly TableRowCondition Succeeded = new("Completed", "Succeeded", "The pod has completed successfully.");
    private static readonly TableRowCondition Failed = new("Completed", "Failed", "The pod failed.");

    protected override TableCell[] Cells(JsonObject item, DateTimeOffset now)
    {
        var spec = item.Spec();
        var status = item.Status();
        var display = PodDisplay.Of(item);
        return
        [
            item.Name(),
            CellText.Fraction(display.ReadyContainers, spec.Count("containers")),
            display.Status,
            display.RestartsText(now),
            CellText.Age(item, now),
            CellText.Or(FirstAddress(status), CellText.None),
            CellText.Or(spec.TextOrNull("nodeName"), CellText.None),
            CellText.Or(status.TextOrNull("nominatedNodeName"), CellText.None),
            ReadinessGates(spec, status),
        ];
    }

    protected override TableRowCondition? Condition(JsonObject item) => item.Status().TextOrNull("phase") switch
    {
        "Succeeded" => Succeeded,
        "Failed" => Failed,
        _ => null,
    };

    private static string? FirstAddress(JsonObject? status) => status.List("podIPs") is [JsonObject first, ..]
        ? first.TextOrNull("ip")
        : status.TextOrNull("podIP");

    private static string ReadinessGates(JsonObject? spec, JsonObject? status)
    {
        if (spec.List("readinessGates") is not { Count: > 0 } gates)
        {
            return CellText.None;
        }

        var passed = gates.OfType<JsonObject>().Count(gate => IsTrue(status, gate.Text("conditionType")));
        return CellText.Fraction(passed, gates.Count);
    }

    private static bool IsTrue(JsonObject? status, string type) =>
        status.Items("conditions").FirstOrDefault(condition => condition.Text("type") == type).TextOrNull("status") == "True";
}
