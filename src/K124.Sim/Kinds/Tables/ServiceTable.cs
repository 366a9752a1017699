using System.Globalization;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Services.</summary>
internal sealed class ServiceTable() : TablePrinter(TableColumn.List(
    "Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age", "Selector*"))
{
    protected override TableCell[] Cells(JsonObject item, DateTimeOffset now)
    {
        var spec = item.Spec();
        var type = CellText.Or(spec.TextOrNull("type"), "ClusterIP");
        return
        [
            item.Name(),
            type,
            CellText.Or(ClusterIP(spec), CellText.None),
            ExternalAddresses(type, item),
            CellText.Or(string.Join(',', spec.Items("ports").Select(Port)), CellText.None),
            CellText.Age(item, now),
            SelectorText.Labels(spec.Object("selector")),
        ];
    }

    private static string? ClusterIP(JsonObject? spec) => spec.List("clusterIPs") is [var first, ..]
        ? JsonTree.AsText(first)
        : spec.TextOrNull("clusterIP");

    private static string ExternalAddresses(string type, JsonObject item)
    {
        var spec = item.Spec();
        return type switch
        {
            "ClusterIP" or "NodePort" => CellText.Or(CellText.Joined(spec, "externalIPs"), CellText.None),
            "LoadBalancer" => LoadBalancerAddresses(item),
            "ExternalName" => spec.Text("externalName"),
            _ => CellText.Unknown,
        };
    }

    private static string LoadBalancerAddresses(JsonObject item)
    {
        var assigned = CellText.LoadBalancer(item.Status());
        var external = CellText.Joined(item.Spec(), "externalIPs");
        return assigned.Length > 0 && external.Length > 0
            ? $"{assigned},{external}"
            : CellText.Or(assigned + external, "<pending>");
    }

    private static string Port(JsonObject port)
    {
        var nodePort = port.Number("nodePort");
        var protocol = CellText.Or(port.TextOrNull("protocol"), "TCP");
        return nodePort > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{port.Number("port")}:{nodePort}/{protocol}")
            : string.Create(CultureInfo.InvariantCulture, $"{port.Number("port")}/{protocol}");
    }
}
