using System.Text.Json.Nodes;
using K124.Sim.Kinds.Tables;

namespace K124.Sim.Tests.Kinds.Tables;

public class CustomResourceTableTests
{
    private static readonly DateTimeOffset Now = new(2022, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly JsonObject Widget = (JsonObject)JsonNode.Parse("""
        {
          "metadata": {"name": "w", "creationTimestamp": "2022-06-01T11:58:00Z"},
          "spec": {"size": 3, "ratio": 1.5, "on": true, "tags": ["b", "a"], "limits": {"y": 2, "x": 1}, "bad": "then"}
        }
        """)!;

    [Fact]
    public void Without_columns_the_age_is_shown()
    {
        var printer = CustomResourceTable.Of(null);

        Assert.Equal(["Name", "Age"], printer.Columns.Select(column => column.Name));
        Assert.Equal(["w", "2m"], Cells(printer));
    }

    [Theory]
    [InlineData("integer", ".spec.size", "3")]
    [InlineData("integer", ".spec.ratio", "1")]
    [InlineData("integer", ".spec.on", "")]
    [InlineData("number", ".spec.ratio", "1.5")]
    [InlineData("number", ".spec.size", "3")]
    [InlineData("boolean", ".spec.on", "true")]
    [InlineData("string", ".spec.size", "3")]
    [InlineData("string", ".spec.tags", "[\"b\",\"a\"]")]
    [InlineData("string", ".spec.limits", "{\"x\":1,\"y\":2}")]
    [InlineData("string", ".spec.nothing", "")]
    [InlineData("date", ".metadata.creationTimestamp", "2m")]
    [InlineData("date", ".spec.bad", "<invalid>")]
    public void Cells_are_of_the_columns_type(string type, string path, string expected)
    {
        var printer = CustomResourceTable.Of([new JsonObject { ["name"] = "C", ["type"] = type, ["jsonPath"] = path, ["priority"] = 1 }]);

        Assert.Equal(1, printer.Columns[1].Priority);
        Assert.Equal(expected, Cells(printer)[1]);
    }

    private static string[] Cells(TablePrinter printer) => [.. printer.Print(Widget, Now).Cells.Select(cell => cell.ToString())];
}
