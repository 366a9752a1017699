using K124.Sim.Model;
using K124.Sim.Planning;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Planning;

public sealed class UpgradeTests
{
    private static Pod Owned(string name, string node) => PodOf(name, "1", "0", node) with
    {
        Metadata = new() { Name = name, Namespace = "default", Labels = StringMap.Of(("app", "web")), OwnerReferences = [new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = "web", Controller = true }] },
        Status = new() { Phase = "Running" },
    };

    private static PodDisruptionBudget Budget(int minAvailable) =>
        new() { Metadata = new() { Name = "web", Namespace = "default" }, Spec = new() { MinAvailable = new(minAvailable), Selector = new() { MatchLabels = StringMap.Of(("app", "web")) } } };

    [Fact]
    public void A_surge_node_comes_first_and_the_old_one_goes_when_its_pods_have_ended()
    {
        var plan = new CapacityPlanner(Cluster.Of(NodeOf("a"), NodeOf("b"), Owned("w1", "a"), Owned("w2", "b"))).Upgrade();
        Assert.True(plan.Succeeds);
        Assert.Equal(TimeSpan.FromSeconds(2 * (120 + 30)), plan.Duration);
        Assert.Equal([("a", "a-new"), ("b", "b-new")], plan.Steps.Select(static step => (step.NodeName, step.Replacement)));
    }

    [Fact]
    public void Budgets_make_evictions_wait_until_the_next_pod_is_ready()
    {
        var plan = new CapacityPlanner(Cluster.Of(NodeOf("a"), NodeOf("b"), Owned("w1", "a"), Owned("w2", "a"), Budget(1))).Upgrade(new() { Nodes = ["a"] });
        var step = Assert.Single(plan.Steps);
        Assert.Equal((2, 4), (step.Evicted, step.RefusedEvictions));
        Assert.Equal(TimeSpan.FromSeconds(120 + 20 + 30), step.Ended);
    }

    [Fact]
    public void A_budget_that_never_allows_one_blocks_the_rest()
    {
        var plan = new CapacityPlanner(Cluster.Of(NodeOf("a"), NodeOf("b"), Owned("w1", "a"), Budget(1))).Upgrade();
        Assert.False(plan.Succeeds);
        Assert.Contains("needs 1 healthy pods and has 1 currently", plan.Steps[0].Blocker, StringComparison.Ordinal);
        Assert.Equal(["b"], plan.NotReached.ToArray());
    }

    [Fact]
    public void Without_surge_pods_wait_where_there_is_no_room()
    {
        var cluster = Cluster.Of(NodeOf("a", cpu: "1"), NodeOf("b", cpu: "1"), Owned("w1", "a"), Owned("w2", "b"));
        var plan = new CapacityPlanner(cluster).Upgrade(new() { MaxSurge = 0, MaxUnavailable = 1 });
        Assert.True(plan.Succeeds);
        Assert.Equal(1, plan.MostPending);
    }
}
