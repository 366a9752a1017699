using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Nodes.</summary>
internal sealed class NodeTable() : TablePrinter(TableColumn.List(
    "Name", "Status", "Roles", "Age", "Version", "Internal-IP*", "External-IP*", "OS-Image*", "Kernel-Version*", "Container-Runtime*"))
{
    private const string RolePrefix = "node-role.kubernetes.io/";
    private const string RoleLabel = "kubernetes.io/role";

    protected override TableCell[] Cells(JsonObject item, DateTimeOffset now)
    {
        var info = item.Status().Object("nodeInfo");
        return
        [
            item.Name(),
            Readiness(item) + (item.Spec().Flag("unschedulable") ? ",SchedulingDisabled" : ""),
            CellText.Or(Roles(item.Metadata().Object("labels")), CellText.None),
            CellText.Age(item, now),
            info.Text("kubeletVersion"),
            Address(item, "InternalIP"),
            Address(item, "ExternalIP"),
            CellText.Or(info.TextOrNull("osImage"), CellText.Unknown),
            CellText.Or(info.TextOrNull("kernelVersion"), CellText.Unknown),
            CellText.Or(info.TextOrNull("containerRuntimeVersion"), CellText.Unknown),
        ];
    }

    private static string Readiness(JsonObject item) =>
        item.Status().Items("conditions").LastOrDefault(condition => condition.Text("type") == "Ready") switch
        {
            null => "Unknown",
            var ready => ready.Text("status") == "True" ? "Ready" : "NotReady",
        };

    private static string Roles(JsonObject? labels)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in labels ?? [])
        {
            var role = key.StartsWith(RolePrefix, StringComparison.Ordinal) ? key[RolePrefix.Length..]
                : key == RoleLabel ? JsonTree.AsText(value)
                : null;
            if (!string.IsNullOrEmpty(role))
            {
                roles.Add(role);
            }
        }

        return string.Join(',', roles);
    }

    private static string Address(JsonObject item, string type) => CellText.Or(
        item.Status().Items("addresses").FirstOrDefault(address => address.Text("type") == type).TextOrNull("address"),
        CellText.None);
}
