using System.Text.Json.Nodes;
using K124.Sim.Kinds.Tables;

namespace K124.Sim.Tests.Kinds.Tables;

public class JsonPathTests
{
    private const string Document = """
        {"a": {"b": [{"t": "x", "n": 1}, {"t": "y", "n": 2}, {"t": "z"}], "c.d": 5, "e": {"n": 3}}}
        """;

    [Theory]
    [InlineData(".a.b[0].t", "x")]
    [InlineData("$.a.b[-1].t", "z")]
    [InlineData(".a.b[*].n", "1,2")]
    [InlineData(".a.b[0:2].t", "x,y")]
    [InlineData(".a.b[::2].t", "x,z")]
    [InlineData(".a.b[0,2].t", "x,z")]
    [InlineData(".a.c\\.d", "5")]
    [InlineData(".a['c.d']", "5")]
    [InlineData(".a.b[?(@.t==\"y\")].n", "2")]
    [InlineData(".a.b[?(@.n>1)].t", "y")]
    [InlineData(".a.b[?(@.n!=1)].t", "y")]
    [InlineData(".a.b[?(@.n)].t", "x,y")]
    [InlineData("..n", "1,2,3")]
    [InlineData(".nowhere.b[3]", "")]
    public void Find_follows_the_path(string path, string expected) =>
        Assert.Equal(expected, string.Join(',', JsonPath.TryParse(path)!.Find(JsonNode.Parse(Document)).Select(node => node!.ToString())));

    [Theory]
    [InlineData(".a[")]
    [InlineData(".a[x]")]
    [InlineData(".a[?(@.b==nothing)]")]
    public void TryParse_refuses_what_is_malformed(string path) => Assert.Null(JsonPath.TryParse(path));
}
