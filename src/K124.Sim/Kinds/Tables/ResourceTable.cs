using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>An object, or a list of objects, as a table.</summary>
internal sealed record ResourceTable(ImmutableArray<TableColumn> Columns, ImmutableArray<TableRow> Rows)
{
    /// <summary>Shows an object or a list with the printer of its kind.</summary>
    /// <param name="document">The object, or a document with <c>items</c> whose kind ends in <c>List</c>.</param>
    /// <param name="now">The clock.</param>
    public static ResourceTable Make(JsonObject document, DateTimeOffset now)
    {
        var kind = document.Text("kind");
        var items = kind.EndsWith("List", StringComparison.Ordinal) ? document.List("items") : null;
        var group = GroupOf(document.Text("apiVersion"));
        return items is null
            ? Make(TablePrinters.For(group, kind), [document], now)
            : Make(TablePrinters.For(group, kind[..^"List".Length]), items.OfType<JsonObject>(), now);
    }

    /// <summary>Shows objects with a given printer.</summary>
    public static ResourceTable Make(TablePrinter printer, IEnumerable<JsonObject> items, DateTimeOffset now) =>
        new(printer.Columns, [.. printer.Order(items).Select(item => printer.Print(item, now))]);

    private static string GroupOf(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : apiVersion[..slash];
    }
}
