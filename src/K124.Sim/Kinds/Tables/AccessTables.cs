using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Tables;

/// <summary>Bindings of roles, and requests for certificates.</summary>
internal static class AccessTables
{
    /// <summary>Role bindings of either kind.</summary>
    public static TablePrinter RoleBinding { get; } = new SimpleTable(
        ["Name", "Role", "Age", "Users*", "Groups*", "ServiceAccounts*"],
        (item, now) =>
        {
            var role = item.Object("roleRef");
            return
            [
                item.Name(),
                $"{role.Text("kind")}/{role.Text("name")}",
                CellText.Age(item, now),
                Subjects(item, "User"),
                Subjects(item, "Group"),
                Subjects(item, "ServiceAccount"),
            ];
        });

    public static TablePrinter CertificateSigningRequest { get; } = new SimpleTable(
        ["Name", "Age", "SignerName", "Requestor", "RequestedDuration", "Condition"],
        (item, now) =>
        {
            var spec = item.Spec();
            return
            [
                item.Name(),
                CellText.Age(item, now),
                CellText.Or(spec.TextOrNull("signerName"), CellText.None),
                spec.Text("username"),
                JsonTree.AsNumber(spec?["expirationSeconds"]) is { } seconds ? HumanDuration.Format(TimeSpan.FromSeconds(seconds)) : CellText.None,
                Condition(item.Status()),
            ];
        });

    private static string Subjects(JsonObject item, string kind) => string.Join(", ", item.Items("subjects")
        .Where(subject => subject.Text("kind") == kind)
        .Select(subject => kind == "ServiceAccount" ? $"{subject.Text("namespace")}/{subject.Text("name")}" : subject.Text("name")));

    private static string Condition(JsonObject? status)
    {
        var types = status.Items("conditions").Select(condition => condition.Text("type")).ToHashSet(StringComparer.Ordinal);
        var decision = types.Contains("Denied") ? "Denied" : types.Contains("Approved") ? "Approved" : "Pending";
        return string.Concat(
            decision,
            types.Contains("Failed") ? ",Failed" : "",
            status.Text("certificate").Length > 0 ? ",Issued" : "");
    }
}
