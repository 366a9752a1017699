using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Events of both groups: <c>events.k8s.io</c> names the same members otherwise.</summary>
internal sealed class EventTable() : TablePrinter(TableColumn.List(
    "Last Seen", "Type", "Reason", "Object", "Subobject*", "Source*", "Message", "First Seen*", "Count*", "Name*"))
{
    protected override TableCell[] Cells(JsonObject item, DateTimeOffset now)
    {
        var about = item.Object("involvedObject") ?? item.Object("regarding");
        var series = item.Object("series");
        var firstSeen = FirstSeen(item, now);
        return
        [
            series is null ? LastSeen(item, now) ?? firstSeen : CellText.Since(series, "lastObservedTime", now),
            item.Text("type"),
            item.Text("reason"),
            Target(about),
            about.Text("fieldPath"),
            Source(item),
            (item.TextOrNull("message") ?? item.Text("note")).Trim(),
            firstSeen,
            series?.Number("count") ?? Count(item),
            item.Name(),
        ];
    }

    private static string FirstSeen(JsonObject item, DateTimeOffset now) =>
        CellText.Since(item, Named(item, "firstTimestamp", "deprecatedFirstTimestamp") ?? "eventTime", now);

    private static string? LastSeen(JsonObject item, DateTimeOffset now) =>
        Named(item, "lastTimestamp", "deprecatedLastTimestamp") is { } name ? CellText.Since(item, name, now) : null;

    private static string? Named(JsonObject item, string coreName, string eventsName) =>
        item[coreName] is not null ? coreName : item[eventsName] is not null ? eventsName : null;

    private static long Count(JsonObject item) => Math.Max(item.NumberOrNull("count") ?? item.Number("deprecatedCount"), 0) is var count and > 0 ? count : 1;

    private static string Target(JsonObject? about)
    {
        // Kinds are ASCII; Go's lower-casing gives the same.
        var kind = about.Text("kind").ToLowerInvariant();
        var name = about.Text("name");
        return name.Length == 0 ? kind : $"{kind}/{name}";
    }

    private static string Source(JsonObject item)
    {
        var source = item.Object("source") ?? item.Object("deprecatedSource");
        var component = CellText.Or(source.TextOrNull("component"), item.TextOrNull("reportingComponent") ?? item.Text("reportingController"));
        var instance = CellText.Or(source.TextOrNull("host"), item.Text("reportingInstance"));
        return instance.Length == 0 ? component : $"{component}, {instance}";
    }
}
