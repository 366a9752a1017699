using K124.Sim.ControlPlane;
using K124.Sim.Model;
using K124.Sim.Tests.ControlPlane;

namespace K124.Sim.Tests.Nodes;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

public class NodeLossTests
{
    private static readonly ObjectKey Web = new("default", "web");

    [Fact]
    public void A_lost_node_is_unknown_after_40_seconds_and_tainted()
    {
        var plane = Deployed(replicas: 3);

        plane.Do(new UserAction.LoseNode("n0"));
        plane.Advance(TimeSpan.FromSeconds(39));
        Assert.DoesNotContain(Node(plane, "n0").Status.Conditions, static condition => condition.Status == "Unknown");
        plane.Advance(TimeSpan.FromSeconds(31));

        var node = Node(plane, "n0");
        Assert.Contains(node.Status.Conditions, static condition => condition is { Type: "Ready", Status: "Unknown", Reason: "NodeStatusUnknown" });
        Assert.Contains(node.Spec.Taints, static taint => taint is { Key: "node.kubernetes.io/unreachable", Effect: "NoExecute" });
        Assert.Contains(node.Spec.Taints, static taint => taint is { Key: "node.kubernetes.io/unreachable", Effect: "NoSchedule" });
        Assert.Contains(plane.Timeline, static entry => entry.Event is { Reason: "NodeNotReady", Message: "Node n0 status is now: NodeNotReady" });
    }

    [Fact]
    public void Pods_of_a_lost_node_are_replaced_after_five_minutes_more()
    {
        var plane = Deployed(replicas: 3);
        var lost = plane.List<Pod>().Count(static pod => pod.Spec.NodeName == "n0");
        Assert.True(lost > 0);

        plane.Do(new UserAction.LoseNode("n0"));
        plane.Advance(TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(plane.List<Pod>(), static pod => pod.Metadata.DeletionTimestamp is not null);
        plane.RunUntilQuiet();

        var left = plane.List<Pod>().Where(static pod => pod.Spec.NodeName == "n0").ToArray();
        Assert.Equal(lost, left.Length);
        Assert.All(left, static pod => Assert.NotNull(pod.Metadata.DeletionTimestamp));
        Assert.Equal(3, plane.Get<Deployment>(Web)!.Status.AvailableReplicas);
        Assert.Equal(lost, plane.Timeline.Count(static entry => entry.Event is { Reason: "TaintManagerEviction" } report && report.Message.StartsWith("Marking", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_node_that_returns_in_time_keeps_its_pods()
    {
        var plane = Deployed(replicas: 3);
        var before = plane.List<Pod>().Select(static pod => (pod.Metadata.Name, pod.Spec.NodeName)).ToArray();

        plane.Do(new UserAction.LoseNode("n0"));
        plane.Advance(TimeSpan.FromMinutes(3));
        plane.Do(new UserAction.RecoverNode("n0"));
        plane.RunUntilQuiet();

        Assert.Equal(before, plane.List<Pod>().Select(static pod => (pod.Metadata.Name, pod.Spec.NodeName)));
        Assert.Empty(Node(plane, "n0").Spec.Taints);
        Assert.Equal(3, plane.Get<Deployment>(Web)!.Status.ReadyReplicas);
    }

    [Fact]
    public void A_node_that_returns_late_lets_its_evicted_pods_end()
    {
        var plane = Deployed(replicas: 3);

        plane.Do(new UserAction.LoseNode("n0"));
        plane.Advance(TimeSpan.FromMinutes(10));
        plane.Do(new UserAction.RecoverNode("n0"));
        plane.RunUntilQuiet();

        Assert.Equal(3, plane.List<Pod>().Count());
        Assert.All(plane.List<Pod>(), static pod => Assert.Null(pod.Metadata.DeletionTimestamp));
    }

    [Fact]
    public void Pods_of_a_node_that_is_deleted_are_collected()
    {
        var plane = Deployed(replicas: 3);

        plane.Delete<Node>(new("", "n0"));
        plane.RunUntilQuiet();

        Assert.DoesNotContain(plane.List<Pod>(), static pod => pod.Spec.NodeName == "n0");
        Assert.Equal(3, plane.Get<Deployment>(Web)!.Status.AvailableReplicas);
    }

    [Fact]
    public void Nodes_that_live_cost_no_writes()
    {
        var plane = Deployed(replicas: 3);
        var revision = plane.Revision;

        plane.Advance(TimeSpan.FromDays(1));

        Assert.Equal(revision, plane.Revision);
    }

    [Fact]
    public void A_new_node_is_open_once_its_kubelet_has_reported()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 0));
        plane.Create(LivingCluster.Pod("web", cpuMilli: 100));
        plane.RunUntilQuiet();

        Assert.True(plane.Create(LivingCluster.Node("late")).Succeeded);
        plane.RunUntilQuiet();

        Assert.Equal("late", plane.Get<Pod>(new("default", "web"))!.Spec.NodeName);
        Assert.Empty(Node(plane, "late").Spec.Taints);
    }

    private static ControlPlane Deployed(int replicas)
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 3));
        plane.Apply(LivingCluster.Deployment("web", replicas));
        plane.RunUntilQuiet();
        return plane;
    }

    private static Node Node(ControlPlane plane, string name) => plane.Get<Node>(new("", name))!;
}
