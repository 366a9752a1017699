namespace K124.Sim.Tests.Cli;

public sealed class ExplainCommandTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Pod_of_a_file_gets_verdicts_and_raw_scores_of_all_nodes()
    {
        var run = CliHarness.Run("explain", "--cluster", _cli.Write("nodes.yaml", CliHarness.Nodes), "--pod", _cli.Write("pod.yaml", CliHarness.Pod("web", "500m")), "-o", "json");
        Assert.Equal(0, run.Code);
        var explanation = run.Json().GetProperty("explanation");
        Assert.Equal("node-a", explanation.GetProperty("node").GetString());
        Assert.Equal("node-c", Assert.Single(explanation.GetProperty("rejected").EnumerateArray()).GetProperty("node").GetString());
        var taints = explanation.GetProperty("scores")[0].GetProperty("plugins").EnumerateArray().Single(static plugin => plugin.GetProperty("plugin").GetString() == "TaintToleration");
        Assert.Equal((0, 100, 300), (taints.GetProperty("raw").GetInt32(), taints.GetProperty("score").GetInt32(), taints.GetProperty("weighted").GetInt32()));
    }

    [Fact]
    public void Pod_of_the_cluster_is_decided_on_as_if_it_were_on_no_node()
    {
        var placed = CliHarness.Pod("web", "2").Replace("spec: {", "spec: {nodeName: node-a, ", StringComparison.Ordinal);
        var run = CliHarness.Run("explain", "--cluster", _cli.Write("all.yaml", $"{CliHarness.Nodes}\n---\n{placed}"), "--pod", "shop/web");
        Assert.Equal(0, run.Code);
        Assert.Contains("scheduled on node-a", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Candidates_of_preemption_show_what_they_are_compared_by()
    {
        var placed = CliHarness.Pod("low", "2").Replace("spec: {", "spec: {nodeName: node-a, priority: -5, ", StringComparison.Ordinal);
        var run = CliHarness.Run("explain", "--cluster", _cli.Write("all.yaml", $"{CliHarness.Nodes}\n---\n{placed}"), "--pod", _cli.Write("pod.yaml", CliHarness.Pod("web", "2")), "-o", "json");
        Assert.Equal(1, run.Code);
        var preemption = run.Json().GetProperty("explanation").GetProperty("preemption");
        Assert.Equal("OnlyCandidate", preemption.GetProperty("decidedBy").GetString());
        var candidate = Assert.Single(preemption.GetProperty("candidates").EnumerateArray());
        Assert.Equal(("node-a", -5, 2_147_483_643), (candidate.GetProperty("node").GetString(), candidate.GetProperty("firstVictimPriority").GetInt32(), candidate.GetProperty("prioritySum").GetInt64()));
    }

    [Fact]
    public void Pod_that_is_nowhere_is_an_error()
    {
        var run = CliHarness.Run("explain", "--cluster", _cli.Write("nodes.yaml", CliHarness.Nodes), "--pod", "shop/none");
        Assert.Equal(2, run.Code);
        Assert.Contains("'shop/none' is neither a pod of the cluster nor a file", run.Error, StringComparison.Ordinal);
    }
}
