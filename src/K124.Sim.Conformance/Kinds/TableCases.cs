using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Kinds.Tables;

namespace K124.Sim.Conformance.Kinds;

/// <summary>Runs recorded tables: columns, cells and row conditions of an object or a list.</summary>
internal static class TableCases
{
    public static IFileVerifier Verifier { get; } = new FileVerifier("table-*", Verify);

    private static CaseOutcome Verify(RecordedCase testCase)
    {
        CaseReader.DemandOnly(testCase.Json, "id", "covers", "now", "object", "expect");
        var now = DateTimeOffset.Parse(testCase.Json.GetProperty("now").GetString()!, CultureInfo.InvariantCulture);
        var document = (JsonObject)JsonNode.Parse(testCase.Json.GetProperty("object").GetRawText())!;
        var expected = JsonNode.Parse(testCase.Expect.GetRawText());
        var comparison = new Comparison();
        foreach (var difference in JsonDifference.Between("table", expected, Describe(ResourceTable.Make(document, now))))
        {
            comparison.Differs(difference);
        }

        return comparison.Outcome;
    }

    private static JsonObject Describe(ResourceTable table)
    {
        var answer = new JsonObject
        {
            ["columns"] = new JsonArray([.. table.Columns.Select(Describe)]),
            ["rows"] = new JsonArray([.. table.Rows.Select(Describe)]),
        };
        if (table.Rows.Any(row => row.Condition is not null))
        {
            answer["rowConditions"] = new JsonArray([.. table.Rows.Select(row => row.Condition).OfType<TableRowCondition>().Select(Describe)]);
        }

        return answer;
    }

    private static JsonObject Describe(TableColumn column) => new()
    {
        ["name"] = column.Name,
        ["type"] = column.Type,
        ["format"] = column.Format,
        ["priority"] = column.Priority,
    };

    private static JsonNode? Describe(TableRow row)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var cell in row.Cells)
            {
                cell.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static JsonObject Describe(TableRowCondition condition) => new()
    {
        ["type"] = condition.Type,
        ["status"] = TableRowCondition.Status,
        ["reason"] = condition.Reason,
        ["message"] = condition.Message,
    };
}
