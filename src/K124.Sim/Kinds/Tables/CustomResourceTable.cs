using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Tables;

/// <summary>Custom resources: the name, then the columns that their definition names.</summary>
/// <remarks>Kubernetes 1.24 apiextensions-apiserver/pkg/registry/customresource/tableconvertor.</remarks>
internal sealed class CustomResourceTable : TablePrinter
{
    private readonly ImmutableArray<JsonPath?> _paths;

    private CustomResourceTable(ImmutableArray<TableColumn> columns, ImmutableArray<JsonPath?> paths)
        : base(columns) => _paths = paths;

    /// <summary>Makes the printer of one version of a definition.</summary>
    /// <param name="additionalPrinterColumns">Columns as the definition has them; without any the age is shown.</param>
    public static CustomResourceTable Of(JsonArray? additionalPrinterColumns)
    {
        var columns = ImmutableArray.CreateBuilder<TableColumn>();
        var paths = ImmutableArray.CreateBuilder<JsonPath?>();
        columns.Add(new("Name", Format: "name"));
        foreach (var column in (additionalPrinterColumns is { Count: > 0 } given ? given : AgeOnly()).OfType<JsonObject>())
        {
            columns.Add(new(column.Text("name"), column.Text("type"), column.Text("format"), (int)column.Number("priority")));
            paths.Add(JsonPath.TryParse(column.Text("jsonPath")));
        }

        return new(columns.ToImmutable(), paths.ToImmutable());
    }

    protected override TableCell[] Cells(JsonObject item, DateTimeOffset now)
    {
        var cells = new TableCell[Columns.Length];
        cells[0] = item.Name();
        for (var i = 0; i < _paths.Length; i++)
        {
            cells[i + 1] = Cell(Columns[i + 1].Type, _paths[i]?.Find(item).Take(1).ToArray() ?? [], now);
        }

        return cells;
    }

    private static JsonArray AgeOnly() =>
        [new JsonObject { ["name"] = "Age", ["type"] = "date", ["jsonPath"] = ".metadata.creationTimestamp" }];

    private static TableCell Cell(string type, ReadOnlySpan<JsonNode?> found, DateTimeOffset now) => found is [{ } value]
        ? type switch
        {
            "string" => JsonCellText.Format(value),
            "integer" => Whole(value) is { } whole ? whole : TableCell.None,
            "number" => Real(value) is { } real ? real : TableCell.None,
            "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out var result) ? result : TableCell.None,
            "date" => JsonTree.AsText(value) is { } text ? Date(text, now) : TableCell.None,
            _ => TableCell.None,
        }
        : TableCell.None;

    private static long? Whole(JsonNode value) =>
        JsonTree.AsNumber(value) ?? (Real(value) is { } real ? (long)Math.Truncate(real) : null);

    private static double? Real(JsonNode value) => value is JsonValue number && number.TryGetValue<double>(out var real) ? real
        : JsonTree.AsNumber(value) is { } whole ? whole
        : null;

    private static string Date(string text, DateTimeOffset now) =>
        CellText.TryTime(text, out var time) ? HumanDuration.Format(now - time) : "<invalid>";
}
