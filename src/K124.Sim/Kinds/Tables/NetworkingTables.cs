using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Ingresses, their classes, and network policies.</summary>
internal static class NetworkingTables
{
    public static TablePrinter Ingress { get; } = new SimpleTable(
        ["Name", "Class", "Hosts", "Address", "Ports", "Age"],
        (item, now) =>
        [
            item.Name(),
            item.Spec().TextOrNull("ingressClassName") ?? CellText.None,
            Hosts(item.Spec()),
            CellText.LoadBalancer(item.Status()),
            item.Spec().Count("tls") > 0 ? "80, 443" : "80",
            CellText.Age(item, now),
        ]);

    public static TablePrinter IngressClass { get; } = new SimpleTable(
        ["Name", "Controller", "Parameters", "Age"],
        (item, now) => [item.Name(), item.Spec().Text("controller"), Parameters(item.Spec().Object("parameters")), CellText.Age(item, now)]);

    public static TablePrinter NetworkPolicy { get; } = new SimpleTable(
        ["Name", "Pod-Selector", "Age"],
        (item, now) => [item.Name(), SelectorText.OrNone(item.Spec().Object("podSelector")), CellText.Age(item, now)]);

    private static string Hosts(JsonObject? spec)
    {
        // Rules without a host take no place among the shown ones, but count among the others.
        var rules = 0;
        var isFull = false;
        var shown = new List<string>(CellText.ShownEntries);
        foreach (var host in spec.Items("rules").Select(rule => rule.Text("host")))
        {
            rules++;
            isFull |= shown.Count == CellText.ShownEntries;
            if (!isFull && host.Length > 0)
            {
                shown.Add(host);
            }
        }

        return shown.Count == 0 ? "*" : CellText.WithMore(shown, isFull ? rules : shown.Count);
    }

    private static string Parameters(JsonObject? parameters) => parameters switch
    {
        null => CellText.None,
        _ when parameters.TextOrNull("apiGroup") is { } group => $"{parameters.Text("kind")}.{group}/{parameters.Text("name")}",
        _ => $"{parameters.Text("kind")}/{parameters.Text("name")}",
    };
}
