using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Tests.Scheduling;

public sealed class ExaminedNodesTests
{
    private readonly Scheduler _scheduler = new(Cluster.Of(Enumerable.Range(0, 250).Select(static i => (IApiObject)new Node
    {
        Metadata = new() { Name = $"n{i:000}" },
        Spec = new() { Unschedulable = i % 10 == 0 },
        Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.FromUnits(8)), ("pods", Quantity.FromUnits(10))) },
    })));

    private readonly Pod _pod = new() { Metadata = new() { Name = "p", Namespace = "default", Uid = "p" }, Spec = new() { Containers = [new() { Name = "c" }] } };

    /// <summary>Of 250 nodes 120 feasible ones are looked for; one in ten is cordoned.</summary>
    [Fact]
    public void Window_of_the_search_moves_on_with_each_attempt()
    {
        var first = _scheduler.Explain(_pod);
        Assert.Equal(_scheduler.Schedule(_pod).EvaluatedNodes, first.ExaminedNodes.Length);
        Assert.Equal(("n000", "n133"), (first.ExaminedNodes[0], first.ExaminedNodes[^1]));

        var second = _scheduler.Explain(_pod).ExaminedNodes;
        Assert.Equal("n134", second[0]);
        Assert.Contains("n000", second);
        Assert.Equal(225, first.FeasibleNodes.Length);
    }

    [Fact]
    public void A_nominated_node_that_fits_is_the_only_one() =>
        Assert.Equal("n007", Assert.Single(_scheduler.Explain(_pod with { Status = new() { NominatedNodeName = "n007" } }).ExaminedNodes));

    [Fact]
    public void All_are_examined_where_none_fits() =>
        Assert.Equal(250, _scheduler.Explain(_pod with { Spec = _pod.Spec with { NodeSelector = StringMap.Of(("disk", "ssd")) } }).ExaminedNodes.Length);
}
