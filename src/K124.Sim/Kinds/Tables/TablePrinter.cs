using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Shows the objects of one kind as rows of a table.</summary>
/// <remarks>Objects are in the wire form of 1.24, with defaults. Kubernetes 1.24 pkg/printers/internalversion.</remarks>
internal abstract class TablePrinter(ImmutableArray<TableColumn> columns)
{
    /// <summary>The columns, in the order of the cells.</summary>
    public ImmutableArray<TableColumn> Columns { get; } = columns;

    /// <summary>Shows one object at a time of the clock.</summary>
    public TableRow Print(JsonObject item, DateTimeOffset now) => new(item, Cells(item, now), Condition(item));

    /// <summary>The items of a list in the order in which the table shows them.</summary>
    public virtual IEnumerable<JsonObject> Order(IEnumerable<JsonObject> items) => items;

    protected abstract TableCell[] Cells(JsonObject item, DateTimeOffset now);

    protected virtual TableRowCondition? Condition(JsonObject item) => null;
}
