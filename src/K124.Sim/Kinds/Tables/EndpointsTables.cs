using System.Globalization;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Endpoints and endpoint slices.</summary>
internal static class EndpointsTables
{
    public static TablePrinter Endpoints { get; } = new SimpleTable(
        ["Name", "Endpoints", "Age"],
        (item, now) => [item.Name(), Subsets(item), CellText.Age(item, now)]);

    public static TablePrinter EndpointSlice { get; } = new SimpleTable(
        ["Name", "AddressType", "Ports", "Endpoints", "Age"],
        (item, now) =>
        [
            item.Name(),
            item.Text("addressType"),
            SlicePorts(item),
            SliceAddresses(item),
            CellText.Age(item, now),
        ]);

    private static string Subsets(JsonObject item)
    {
        if (item.Count("subsets") == 0)
        {
            return CellText.None;
        }

        var shown = new List<string>(CellText.ShownEntries);
        var total = 0;
        foreach (var address in item.Items("subsets").SelectMany(Addresses))
        {
            Show(shown, ref total, address);
        }

        return CellText.WithMore(shown, total);
    }

    private static IEnumerable<string> Addresses(JsonObject subset)
    {
        var addresses = subset.Items("addresses").Select(address => address.Text("ip"));
        return subset.Count("ports") == 0
            ? addresses
            : subset.Items("ports").SelectMany(port => addresses.Select(address => HostPort(address, port.Number("port"))));
    }

    private static string HostPort(string address, long port) => address.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{address}]:{port}")
        : string.Create(CultureInfo.InvariantCulture, $"{address}:{port}");

    private static string SlicePorts(JsonObject item)
    {
        var shown = new List<string>(CellText.ShownEntries);
        var total = 0;
        foreach (var port in item.Items("ports"))
        {
            Show(shown, ref total, SlicePort(port));
        }

        return CellText.Or(CellText.WithMore(shown, total), CellText.Unset);
    }

    private static string SlicePort(JsonObject port) => JsonTree.AsNumber(port["port"]) is { } number
        ? CellText.Number(number)
        : port.Text("name");

    private static string SliceAddresses(JsonObject item)
    {
        var shown = new List<string>(CellText.ShownEntries);
        var total = 0;
        foreach (var address in item.Items("endpoints").SelectMany(endpoint => endpoint.List("addresses") ?? []))
        {
            Show(shown, ref total, JsonTree.AsText(address) ?? "");
        }

        return CellText.Or(CellText.WithMore(shown, total), CellText.Unset);
    }

    private static void Show(List<string> shown, ref int total, string entry)
    {
        total++;
        if (shown.Count < CellText.ShownEntries)
        {
            shown.Add(entry);
        }
    }
}
