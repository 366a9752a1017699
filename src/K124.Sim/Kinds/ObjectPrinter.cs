using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Tables;
using K124.Sim.Model;

namespace K124.Sim.Kinds;

/// <summary>Shows objects as the API server's tables do, which is what kubectl prints.</summary>
public static class ObjectPrinter
{
    /// <summary>Shows objects of one kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="items">The objects, in the order of the rows.</param>
    /// <param name="now">The present, which ages count to.</param>
    /// <returns>The table.</returns>
    public static PrintedTable Print(ApiKind kind, IEnumerable<IApiObject> items, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(items);
        var printer = TablePrinters.For(GroupOf(kind.ApiVersions[0]), kind.Kind);
        var shown = Enumerable.Range(0, printer.Columns.Length).Where(i => printer.Columns[i].Priority == 0).ToArray();
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (var item in items)
        {
            var cells = printer.Print((JsonObject)JsonNode.Parse(KubernetesJson.SerializeToUtf8Bytes(item))!, now).Cells;
            rows.Add([.. kind.IsNamespaced ? [item.Metadata.Namespace] : Array.Empty<string>(), .. shown.Select(i => cells[i].ToString())]);
        }

        var headings = shown.Select(i => printer.Columns[i].Name.ToUpperInvariant());
        return new([.. kind.IsNamespaced ? ["NAMESPACE"] : Array.Empty<string>(), .. headings], rows.ToImmutable());
    }

    private static string GroupOf(string apiVersion) =>
        apiVersion.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? apiVersion[..slash] : "";
}

/// <summary>A table of objects, as text.</summary>
/// <param name="Headings">Headings of the columns, in capitals.</param>
/// <param name="Rows">Cells of each row.</param>
public sealed record PrintedTable(ImmutableArray<string> Headings, ImmutableArray<ImmutableArray<string>> Rows);
