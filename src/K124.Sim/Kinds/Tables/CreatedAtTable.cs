using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Kinds without columns of their own: the name and the time of creation.</summary>
internal sealed class CreatedAtTable() : TablePrinter(TableColumn.List("Name", "Created At:date"))
{
    protected override TableCell[] Cells(JsonObject item, DateTimeOffset now) =>
        [item.Name(), item.Metadata().TextOrNull("creationTimestamp") is { } created ? created : TableCell.None];
}
