using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Kinds that say what pods and requests may do, and leases.</summary>
internal static class PolicyTables
{
    public static TablePrinter PodDisruptionBudget { get; } = new SimpleTable(
        ["Name", "Min Available", "Max Unavailable", "Allowed Disruptions:integer", "Age"],
        (item, now) =>
        [
            item.Name(),
            CellText.Or(CellText.Plain(item.Spec()?["minAvailable"]), "N/A"),
            CellText.Or(CellText.Plain(item.Spec()?["maxUnavailable"]), "N/A"),
            item.Status().Number("disruptionsAllowed"),
            CellText.Age(item, now),
        ]);

    public static TablePrinter PriorityClass { get; } = new SimpleTable(
        ["Name", "Value:integer", "Global-Default:boolean", "Age"],
        (item, now) => [item.Name(), item.Number("value"), item.Flag("globalDefault"), CellText.Age(item, now)]);

    public static TablePrinter RuntimeClass { get; } = new SimpleTable(
        ["Name", "Handler", "Age"],
        (item, now) => [item.Name(), item.Text("handler"), CellText.Age(item, now)]);

    public static TablePrinter Lease { get; } = new SimpleTable(
        ["Name", "Holder", "Age"],
        (item, now) => [item.Name(), item.Spec().Text("holderIdentity"), CellText.Age(item, now)]);

    /// <summary>Webhook configurations of either kind.</summary>
    public static TablePrinter WebhookConfiguration { get; } = new SimpleTable(
        ["Name", "Webhooks:integer", "Age"],
        (item, now) => [item.Name(), item.Count("webhooks"), CellText.Age(item, now)]);

    public static TablePrinter APIService { get; } = new SimpleTable(
        ["Name", "Service", "Available", "Age"],
        (item, now) =>
        {
            var service = item.Spec().Object("service");
            return
            [
                item.Name(),
                service is null ? "Local" : $"{service.Text("namespace")}/{service.Text("name")}",
                Availability(item.Status()),
                CellText.Age(item, now),
            ];
        });

    public static TablePrinter PriorityLevelConfiguration { get; } = new SimpleTable(
        ["Name", "Type", "AssuredConcurrencyShares", "Queues", "HandSize", "QueueLengthLimit", "Age"],
        (item, now) =>
        {
            var limited = item.Spec().Object("limited");
            var queuing = limited.Object("limitResponse").Object("queuing");
            return
            [
                item.Name(),
                item.Spec().Text("type"),
                NumberOrNone(limited, "assuredConcurrencyShares", 30),
                NumberOrNone(queuing, "queues", 64),
                NumberOrNone(queuing, "handSize", 8),
                NumberOrNone(queuing, "queueLengthLimit", 50),
                CellText.Age(item, now),
            ];
        });

    private static TableCell NumberOrNone(JsonObject? holder, string name, long standard) =>
        holder is null ? CellText.None : holder.NumberOrNull(name) ?? standard;

    private static string Availability(JsonObject? status)
    {
        var condition = status.Items("conditions").FirstOrDefault(entry => entry.Text("type") == "Available");
        return condition switch
        {
            null => "Unknown",
            _ when condition.Text("status") == "True" => "True",
            _ => $"{condition.Text("status")} ({condition.Text("reason")})",
        };
    }
}
