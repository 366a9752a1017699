using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Changes;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Planning;

public sealed class WhatIfTests
{
    private static Pod Owned(string name, string node, int? priority = null) => PodOf(name, "1", "0", node, priority) with
    {
        Metadata = new() { Name = name, Namespace = "default", Labels = StringMap.Of(("app", "web")), OwnerReferences = [new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = "web", Controller = true }] },
        Status = new() { Phase = "Running" },
    };

    [Fact]
    public void Nothing_different_differs_in_nothing() => Prop.ForAll(Clusters, static cluster =>
    {
        var plain = cluster.Pods.Where(static pod => pod.Spec.NodeName.Length == 0).Aggregate(cluster, static (now, pod) => now.Replace(pod with { Spec = pod.Spec with { Priority = null } }));
        var plan = new CapacityPlanner(plain).WhatIf(new());
        Assert.Empty(plan.Difference.Changes);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Larger_requests_push_pods_out()
    {
        var plan = new CapacityPlanner(Cluster.Of(NodeOf("a", cpu: "2"), Owned("w1", "a"), Owned("w2", "a"))).WhatIf(new() { RequestsFactor = 1.5m, Resource = "cpu" });
        Assert.Equal((2, 1, 1), (plan.Difference.PlacedBefore, plan.Difference.PlacedAfter, plan.Difference.PendingAfter));
        Assert.Equal(PodChangeKind.NowPending, Assert.Single(plan.Difference.Changes).Kind);
    }

    [Fact]
    public void More_replicas_come_and_fewer_go()
    {
        var planner = new CapacityPlanner(Cluster.Of(NodeOf("a"), Owned("w1", "a"), Owned("w2", "a")));
        Assert.Equal(["web-more-1"], planner.WhatIf(new() { ReplicasFactor = 1.5m }).Difference.Changes.Select(static change => change.Pod.Name));
        Assert.Equal([("w2", PodChangeKind.Gone)], planner.WhatIf(new() { ReplicasFactor = 0.5m }).Difference.Changes.Select(static change => (change.Pod.Name, change.Kind)));
    }

    [Fact]
    public void Preemption_is_carried_out_and_victims_are_placed_once_more()
    {
        var high = new PriorityClass { Metadata = new() { Name = "high" }, Value = 1000 };
        var vip = PodOf("vip", "2", "0") with { Spec = SpecOf("2", "0") with { PriorityClassName = "high" } };
        var cluster = Cluster.Of(NodeOf("a", cpu: "2"), NodeOf("b", cpu: "1"), Owned("w1", "a", 0), Owned("w2", "a", 0), high);
        var plan = new CapacityPlanner(cluster).WhatIf(new() { Objects = [vip], Preempts = true });
        Assert.Equal(["default/w1", "default/w2"], plan.Preempted.Select(static pod => pod.Pod).Order(StringComparer.Ordinal));
        Assert.Equal("a", plan.After.Single(static pod => pod.Pod.Name == "vip").NodeName);
        Assert.Equal(1, plan.After.Count(static pod => pod.NodeName == "b"));
        Assert.Equal(1, plan.Difference.PendingAfter);
    }

    [Fact]
    public void A_changed_daemon_is_compared_node_by_node()
    {
        var set = new DaemonSet { Metadata = MetaOf("log"), Spec = new() { Selector = new() { MatchLabels = StringMap.Of(("app", "log")) }, Template = TemplateOf("log", SpecOf("3")) } };
        var plan = new CapacityPlanner(Cluster.Of(NodeOf("a"), NodeOf("b", cpu: "1"))).WhatIf(new() { Objects = [set] });
        Assert.Equal([("log on a", "a"), ("log on b", null)], plan.Difference.Changes.Select(static change => (change.Pod.Name, change.After)));
    }

    [Fact]
    public void Differences_are_the_same_from_both_sides()
    {
        PlacedPod[] before = [new(new("d", "x"), "a"), new(new("d", "y"), null, "no room"), new(new("d", "z"), "a")];
        PlacedPod[] after = [new(new("d", "x"), "b"), new(new("d", "y"), "a"), new(new("d", "w"), "a")];
        Assert.Equal([PodChangeKind.Added, PodChangeKind.Moved, PodChangeKind.NowPlaced, PodChangeKind.Gone], PlacementDifference.Between(before, after).Changes.Select(static change => change.Kind));
        Assert.Equal([PodChangeKind.Gone, PodChangeKind.Moved, PodChangeKind.NowPending, PodChangeKind.Added], PlacementDifference.Between(after, before).Changes.Select(static change => change.Kind));
        Assert.Equal(3, PlacementDifference.Between(before, before).Same);
    }
}
