using System.Text.Json;

namespace K124.Sim.Tests.Cli;

public sealed class PlaceCommandTests : IDisposable
{
    private readonly CliHarness _files = new();
    private readonly string _nodes;
    private readonly string _workload;

    public PlaceCommandTests()
    {
        _nodes = _files.Write("nodes.yaml", CliHarness.Nodes);
        _workload = _files.Write("shop/pods.yaml", CliHarness.Pod("web", "100m") + "\n---\n" + CliHarness.Pod("big", "64"));
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Unschedulable_pod_is_a_negative_answer_with_its_message()
    {
        var run = CliHarness.Run("place", "--cluster", _nodes, "--workload", Path.GetDirectoryName(_workload)!);

        Assert.Equal(1, run.Code);
        Assert.StartsWith("1 of 2 pods placed, 1 unschedulable.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("0/3 nodes are available: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void All_placed_is_done()
    {
        var run = CliHarness.Run("place", "--cluster", _nodes, "--workload", _files.Write("web.yaml", CliHarness.Pod("web", "100m")), "-o", "json");

        Assert.Equal(0, run.Code);
        var json = run.Json();
        Assert.Equal("PlacementPlan", json.GetProperty("kind").GetString());
        Assert.Equal((1, 0), (json.GetProperty("scheduled").GetInt32(), json.GetProperty("unschedulable").GetInt32()));
        var pod = Assert.Single(json.GetProperty("pods").EnumerateArray());
        Assert.Equal(("shop", "web"), (pod.GetProperty("namespace").GetString(), pod.GetProperty("name").GetString()));
        Assert.Contains(pod.GetProperty("node").GetString(), (string[])["node-a", "node-b"]);
        Assert.False(json.TryGetProperty("explanation", out _));
    }

    [Fact]
    public void Explanation_shows_verdicts_and_scores()
    {
        var run = CliHarness.Run("place", "--cluster", _nodes, "--workload", _workload, "--explain", "shop/web");

        Assert.Contains("shop/web: scheduled on node-", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"node-c +UnschedulableAndUnresolvable +TaintToleration +node\(s\) had untolerated", run.Output);
        Assert.Matches(@"node-a +feasible", run.Output);
        Assert.Contains("Best: node-", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explanation_document_adds_up()
    {
        var json = CliHarness.Run("place", "--cluster", _nodes, "--workload", _workload, "--explain", "shop/web", "-o", "json").Json();

        var explanation = json.GetProperty("explanation");
        Assert.Equal("""{"namespace":"shop","name":"web"}""", JsonSerializer.Serialize(explanation.GetProperty("pod")));
        Assert.Equal(["node-a", "node-b"], explanation.GetProperty("feasible").EnumerateArray().Select(static node => node.GetString()!).Order(StringComparer.Ordinal));
        Assert.All(explanation.GetProperty("scores").EnumerateArray(), static node => Assert.Equal(
            node.GetProperty("total").GetInt64(),
            node.GetProperty("plugins").EnumerateArray().Sum(static plugin => plugin.GetProperty("score").GetInt64() * plugin.GetProperty("weight").GetInt64())));
        var best = explanation.GetProperty("scores").EnumerateArray().Max(static node => node.GetProperty("total").GetInt64());
        Assert.All(explanation.GetProperty("best").EnumerateArray(), name => Assert.Contains(
            explanation.GetProperty("scores").EnumerateArray(),
            node => node.GetProperty("node").GetString() == name.GetString() && node.GetProperty("total").GetInt64() == best));
    }

    [Theory]
    [InlineData("shop/absent", "no pod 'shop/absent'")]
    [InlineData("web", "NAMESPACE/POD")]
    public void Explanation_of_something_else_is_bad_input(string pod, string message)
    {
        var run = CliHarness.Run("place", "--cluster", _nodes, "--workload", _workload, "--explain", pod);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
