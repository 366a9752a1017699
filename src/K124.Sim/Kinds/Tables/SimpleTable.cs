using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>A kind whose cells are told by one function.</summary>
internal sealed class SimpleTable(string[] columns, Func<JsonObject, DateTimeOffset, TableCell[]> cells) : TablePrinter(TableColumn.List(columns))
{
    protected override TableCell[] Cells(JsonObject item, DateTimeOffset now) => cells(item, now);
}
