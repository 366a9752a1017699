using System.Text.Json.Nodes;
using System.Xml.Linq;
using K124.Sim.Planning;
using K124.Sim.Reports;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Reports;

public sealed class ReportTests
{
    private static Report Grown() => PlanReports.Of(
        new CapacityPlanner(Cluster.Of([.. Enumerable.Range(0, 9).Select(i => PodOf($"p{i}"))])).Grow(new() { Templates = [new(NodeOf("small"))] }), new JsonObject { ["kind"] = "GrowPlan" });

    [Fact]
    public void A_report_is_one_file_that_fetches_and_runs_nothing()
    {
        var html = Grown().ToHtml();
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'; style-src 'sha256-", html, StringComparison.Ordinal);
        Assert.Contains("Add 3 small, for 3.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, html.Split("<script").Length - 1);
        Assert.Contains("<script type=\"application/json\" id=\"document\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_body_is_well_formed_and_says_in_words_what_figures_show()
    {
        var html = Grown().ToHtml();
        var body = XElement.Parse(html[html.IndexOf("<main>", StringComparison.Ordinal)..(html.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)]);
        Assert.All(body.Descendants("svg"), static svg => Assert.NotEqual("", svg.Attribute("aria-label")?.Value ?? ""));
        Assert.All(body.Descendants("table"), static table => Assert.NotNull(table.Element("caption")));
        Assert.All(body.Descendants("th"), static heading => Assert.NotNull(heading.Attribute("scope")));
        Assert.Single(body.Descendants("h1"));
    }

    [Fact]
    public void Texts_are_escaped()
    {
        var report = new Report("<b>", "a & \"b\" </script>", ReportTone.Bad) { Document = new JsonObject { ["text"] = "</script><!--" } }.Notes(["<i>"]);
        var html = report.ToHtml();
        Assert.Contains("&lt;b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("a &amp; &quot;b&quot; &lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<li>&lt;i&gt;</li>", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("</script>").Length - 1);
    }

    [Fact]
    public void Five_thousand_nodes_stay_below_a_megabyte()
    {
        var nodes = Enumerable.Range(0, 5_000).Select(static i => new NodeSquare($"node-{i}", i % 120 / 100.0)).ToArray();
        var table = new ReportTable("Nodes", [new("Node"), new("Load", true)]).With(nodes, static node => new(ReportTone.Plain, node.Name, $"{node.Load}"));
        var document = new JsonObject { ["nodes"] = new JsonArray([.. nodes.Select(static node => (JsonNode)new JsonObject { ["name"] = node.Name, ["text"] = new string('x', 300) })]) };
        var html = new Report("t", "a", ReportTone.Plain) { Document = document }.Nodes(new("5,000 nodes", [.. nodes])).Table(table).ToHtml();
        Assert.InRange(html.Length, 50_000, 1_000_000);
        Assert.Contains("\"nodesLeftOut\":", html, StringComparison.Ordinal);
    }
}
