using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Failures;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Planning;

public sealed class SurviveTests
{
    private static Pod Owned(string name, string node, string cpu = "1") => PodOf(name, cpu, "0", node) with
    {
        Metadata = new() { Name = name, Namespace = "default", Labels = StringMap.Of(("app", "web")), OwnerReferences = [new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = "web", Controller = true }] },
        Status = new() { Phase = "Running" },
    };

    private static Node InZone(string name, string zone) => NodeOf(name) with
    {
        Metadata = new() { Name = name, Labels = StringMap.Of(("kubernetes.io/hostname", name), ("topology.kubernetes.io/zone", zone)) },
    };

    [Fact]
    public void What_is_on_a_lost_node_goes_elsewhere_or_waits()
    {
        var cluster = Cluster.Of(
            NodeOf("a"), NodeOf("b"), NodeOf("c"),
            Owned("w1", "a"), Owned("w2", "a"), Owned("w3", "b"), Owned("w4", "b"), Owned("w5", "b", "2"), Owned("w6", "c", "2"), PodOf("bare", "100m", "0", "c"));
        var plan = new CapacityPlanner(cluster).Survive();
        Assert.Equal(["b", "a", "c"], plan.Failures.Select(static failure => failure.Name));
        Assert.Equal((3, 2, 1, 0), Counts(plan.Failures[0]));
        Assert.Equal((1, 1, 0, 1), Counts(plan.Failures[2]));
        Assert.False(plan.SurvivesAll);
        Assert.Equal("0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.", plan.Failures[0].Reasons[0].Message);
        static (int, int, int, int) Counts(FailureOutcome failure) => (failure.Evicted, failure.Placed, failure.Pending, failure.Lost);
    }

    [Fact]
    public void Zones_and_pairs_are_lost_together_and_budgets_break()
    {
        var budget = new PodDisruptionBudget { Metadata = new() { Name = "web", Namespace = "default" }, Spec = new() { MinAvailable = new(2), Selector = new() { MatchLabels = StringMap.Of(("app", "web")) } } };
        var cluster = Cluster.Of(InZone("a", "1"), InZone("b", "1"), InZone("c", "2"), Owned("w1", "a"), Owned("w2", "b"), budget);
        var planner = new CapacityPlanner(cluster);
        var zones = planner.Survive(new() { Scope = FailureScope.Domain });
        Assert.Equal(["topology.kubernetes.io/zone=1", "topology.kubernetes.io/zone=2"], zones.Failures.Select(static failure => failure.Name));
        Assert.Equal(new("default/web", 2, 0, 2), Assert.Single(zones.Failures[0].BrokenBudgets));
        Assert.True(zones.SurvivesAll);
        var pairs = planner.Survive(new() { Scope = FailureScope.TwoNodes, Shapes = [PodOf("x")] });
        Assert.Equal(["a and b", "a and c", "b and c"], pairs.Failures.OrderBy(static failure => failure.Index).Select(static failure => failure.Name));
        Assert.Equal((10, 2), (pairs.LeastUnits[0].Today, pairs.LeastUnits[0].Least));
        Assert.Equal((10_000, 2_000), (pairs.LeastFree[0].Today, pairs.LeastFree[0].Least));
    }

    [Fact]
    public void Losing_nothing_leaves_today() => Prop.ForAll(Clusters, static cluster =>
    {
        var planner = new CapacityPlanner(cluster.Add(NodeOf("spare", cpu: "0", memory: "0", pods: 0)));
        var plan = planner.Survive(new() { Nodes = ["spare"], Shapes = [PodOf("x")] });
        var failure = Assert.Single(plan.Failures);
        Assert.Equal((0, 0, 0, 0), (failure.Evicted, failure.Pending, failure.Lost, failure.Gone));
        Assert.All(plan.LeastFree, static room => Assert.Equal(room.Today, room.Least));
        Assert.Equal(planner.Headroom([PodOf("x")]).Shapes[0].Units, plan.LeastUnits[0].Least);
    }).QuickCheckThrowOnFailure();
}
