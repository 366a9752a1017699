using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Tables;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Objects as a table.</summary>
internal static class TableBody
{
    /// <summary>One object.</summary>
    public static JsonObject Of(ServedResource resource, OutputForm form, JsonObject item, string include, DateTimeOffset now, bool hasColumns = true)
    {
        var metadata = new JsonObject();
        if (item["metadata"]?["resourceVersion"]?.DeepClone() is { } version)
        {
            metadata["resourceVersion"] = version;
        }

        return Of(resource, form, metadata, [item], include, now, hasColumns);
    }

    /// <summary>A list.</summary>
    public static JsonObject Of(ServedResource resource, OutputForm form, ListBody list, string include, DateTimeOffset now) =>
        Of(resource, form, list.ShapeMetadata(), list.Items, include, now, hasColumns: true);

    private static JsonObject Of(
        ServedResource resource, OutputForm form, JsonObject metadata, IEnumerable<JsonObject> items, string include, DateTimeOffset now, bool hasColumns)
    {
        var originals = new Dictionary<JsonObject, JsonObject>(ReferenceEqualityComparer.Instance);
        foreach (var item in items)
        {
            originals[resource.Internal(item)] = item;
        }

        var table = ResourceTable.Make(resource.Printer, originals.Keys, now);
        var rows = new JsonArray([.. table.Rows.Select(row => Of(row, originals[row.Object], include, form.Version))]);
        return new()
        {
            ["kind"] = "Table",
            ["apiVersion"] = $"meta.k8s.io/{form.Version}",
            ["metadata"] = metadata,
            ["columnDefinitions"] = hasColumns ? new JsonArray([.. table.Columns.Select(Of)]) : null,

            // A printer that no kind has for its own starts without rows.
            ["rows"] = rows.Count == 0 && resource.Printer is CreatedAtTable ? null : rows,
        };
    }

    private static JsonNode Of(TableColumn column) => new JsonObject
    {
        ["name"] = column.Name,
        ["type"] = column.Type,
        ["format"] = column.Format,
        ["description"] = "",
        ["priority"] = column.Priority,
    };

    private static JsonNode Of(TableRow row, JsonObject original, string include, string version)
    {
        var tree = new JsonObject { ["cells"] = Cells(row) };
        if (row.Condition is { } condition)
        {
            tree["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = condition.Type,
                ["status"] = TableRowCondition.Status,
                ["reason"] = condition.Reason,
                ["message"] = condition.Message,
            });
        }

        tree["object"] = include switch
        {
            "None" => null,
            "Object" => original.DeepClone(),
            _ => MetadataBody.Of(row.Object, version),
        };
        return tree;
    }

    private static JsonNode? Cells(TableRow row)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, TreeText.Written))
        {
            writer.WriteStartArray();
            foreach (var cell in row.Cells)
            {
                cell.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        return JsonNode.Parse(buffer.ToArray());
    }
}
