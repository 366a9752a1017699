using System.Globalization;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Kinds of the core group that need few words.</summary>
internal static class CoreTables
{
    private const string LimitPrefix = "limits.";

    public static TablePrinter ConfigMap { get; } = new SimpleTable(
        ["Name", "Data", "Age"],
        (item, now) => [item.Name(), item.Count("data") + item.Count("binaryData"), CellText.Age(item, now)]);

    public static TablePrinter Secret { get; } = new SimpleTable(
        ["Name", "Type", "Data", "Age"],
        (item, now) => [item.Name(), CellText.Or(item.TextOrNull("type"), "Opaque"), SecretKeys(item), CellText.Age(item, now)]);

    public static TablePrinter ServiceAccount { get; } = new SimpleTable(
        ["Name", "Secrets", "Age"],
        (item, now) => [item.Name(), item.Count("secrets"), CellText.Age(item, now)]);

    public static TablePrinter Namespace { get; } = new SimpleTable(
        ["Name", "Status", "Age"],
        (item, now) => [item.Name(), CellText.Or(item.Status().TextOrNull("phase"), "Active"), CellText.Age(item, now)]);

    public static TablePrinter ResourceQuota { get; } = new SimpleTable(
        ["Name", "Age", "Request", "Limit"],
        (item, now) => [item.Name(), CellText.Age(item, now), Quota(item, limits: false), Quota(item, limits: true)]);

    public static TablePrinter ComponentStatus { get; } = new SimpleTable(
        ["Name", "Status", "Message", "Error"],
        (item, _) =>
        {
            var health = item.Items("conditions").FirstOrDefault(condition => condition.Text("type") == "Healthy");
            var state = health is null ? "Unknown" : health.Text("status") == "True" ? "Healthy" : "Unhealthy";
            return [item.Name(), state, health.Text("message"), health.Text("error")];
        });

    /// <summary>Keys of a secret; those that a client writes as plain text join the others when it is stored.</summary>
    private static int SecretKeys(JsonObject item) => (item.Object("data") ?? [])
        .Concat(item.Object("stringData") ?? [])
        .Select(entry => entry.Key)
        .Distinct(StringComparer.Ordinal)
        .Count();

    private static string Quota(JsonObject item, bool limits)
    {
        var used = item.Status().Object("used");
        return string.Join(", ", (item.Status().Object("hard") ?? [])
            .Where(entry => entry.Key.StartsWith(LimitPrefix, StringComparison.Ordinal) == limits)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key}: {CellText.Or(CellText.Plain(used?[entry.Key]), "0")}/{CellText.Plain(entry.Value)}")));
    }
}
