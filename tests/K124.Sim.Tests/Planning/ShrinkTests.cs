using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Shrinking;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Planning;

public sealed class ShrinkTests
{
    private static Pod Owned(Pod pod, string owner = "web") => pod with
    {
        Metadata = pod.Metadata with { Labels = StringMap.Of(("app", owner)), OwnerReferences = [new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = owner, Controller = true }] },
        Status = new() { Phase = "Running" },
    };

    [Fact]
    public void Nodes_go_while_their_pods_find_room_and_others_say_why_not()
    {
        var budget = new PodDisruptionBudget { Metadata = new() { Name = "db", Namespace = "default" }, Spec = new() { MinAvailable = new(1), Selector = new() { MatchLabels = StringMap.Of(("app", "db")) } } };
        var cluster = Cluster.Of(
            NodeOf("a"), NodeOf("b"), NodeOf("c"), NodeOf("d"), NodeOf("e"), budget,
            Owned(PodOf("w1", node: "a")), Owned(PodOf("w2", node: "b", cpu: "2")), Owned(PodOf("db-0", node: "c"), "db"), PodOf("bare", node: "d"));
        var plan = new CapacityPlanner(cluster).Shrink();
        Assert.Equal(["e", "a", "b"], plan.Steps.Select(static step => step.NodeName));
        Assert.Equal(["c", "d"], plan.Kept.Select(static node => node.NodeName));
        Assert.Equal((ShrinkBlocker.DisruptionBudget, "default/db-0"), (plan.Kept[0].Blocker, plan.Kept[0].Pod));
        Assert.Equal((ShrinkBlocker.BarePod, "default/bare"), (plan.Kept[1].Blocker, plan.Kept[1].Pod));
        Assert.Equal(2, plan.Bound.Bound);
        Assert.True(plan.Bound.Verify().IsValid);
    }

    [Fact]
    public void No_pod_is_left_without_a_node_and_as_many_nodes_stay_as_the_bound_says() => Prop.ForAll(Clusters, static cluster =>
    {
        var owned = cluster.Pods.Where(static pod => pod.Spec.NodeName.Length > 0).Aggregate(cluster, static (now, pod) => now.Replace(Owned(pod)));
        var plan = new CapacityPlanner(owned).Shrink();
        Assert.All(plan.Steps.SelectMany(static step => step.Pods), static pod => Assert.Equal(DrainFate.Moved, pod.Fate));
        Assert.True(plan.Bound.Verify().IsValid);
        Assert.Equal(cluster.Nodes.Count, plan.Steps.Length + plan.Kept.Length);
        Assert.True(IsOvercommitted(owned) || plan.Bound.Bound <= plan.Kept.Length);

        // One after the other, the drains themselves say the same.
        var now = owned;
        foreach (var step in plan.Steps)
        {
            var drained = new CapacityPlanner(now).Drain(step.NodeName);
            Assert.True(drained.Succeeds);
            now = Apply(now, step);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static Cluster Apply(Cluster cluster, ShrinkStep step)
    {
        foreach (var pod in step.Pods)
        {
            var next = pod.Replacement!.Pod;
            cluster = cluster.Remove<Pod>(ObjectKey.Of(pod.Pod)).Add(next with { Spec = next.Spec with { NodeName = pod.Replacement.Result.NodeName! }, Status = new() { Phase = "Running" } });
        }

        return cluster.Remove<Node>(new("", step.NodeName));
    }

    private static bool IsOvercommitted(Cluster cluster) =>
        new CapacityPlanner(cluster).Fit(PodOf("none", cpu: "0", memory: "0"), 0).Utilization.Any(static node => node.Resources.Any(static resource => resource.Before > resource.Allocatable));
}
