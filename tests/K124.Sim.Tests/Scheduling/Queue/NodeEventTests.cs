using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Queue;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Tests.Scheduling.Queue;

public sealed class NodeEventTests
{
    private static readonly Node Plain = new()
    {
        Metadata = new() { Name = "n", Labels = StringMap.Of(("zone", "a")) },
        Spec = new() { Unschedulable = true, Taints = [new() { Key = "k", Effect = "NoSchedule" }] },
        Status = new() { Allocatable = StringMap.Of(("pods", Quantity.FromUnits(1))), Conditions = [new() { Type = "Ready", Status = "False" }] },
    };

    [Fact]
    public void An_update_of_a_node_is_the_first_event_that_applies()
    {
        var conditions = Plain with { Status = Plain.Status with { Conditions = [new() { Type = "Ready", Status = "True" }] } };
        var taints = conditions with { Spec = conditions.Spec with { Taints = [] } };
        var labels = taints with { Metadata = taints.Metadata with { Labels = StringMap.Of(("zone", "b")) } };
        var allocatable = labels with { Status = labels.Status with { Allocatable = StringMap.Of(("pods", Quantity.FromUnits(2))) } };
        var uncordoned = allocatable with { Spec = allocatable.Spec with { Unschedulable = false } };
        Assert.Equal(ActionTypes.UpdateNodeCondition, NodeChanges.EventOf(Plain, conditions)!.Value.Actions);
        Assert.Equal(ActionTypes.UpdateNodeTaint, NodeChanges.EventOf(Plain, taints)!.Value.Actions);
        Assert.Equal(ActionTypes.UpdateNodeLabel, NodeChanges.EventOf(Plain, labels)!.Value.Actions);
        Assert.Equal(ActionTypes.UpdateNodeAllocatable, NodeChanges.EventOf(Plain, allocatable)!.Value.Actions);
        Assert.Equal(ActionTypes.UpdateNodeTaint, NodeChanges.EventOf(Plain, uncordoned)!.Value.Actions);
        Assert.Equal(ActionTypes.UpdateNodeAllocatable, NodeChanges.EventOf(uncordoned, Plain)!.Value.Actions);
    }

    [Fact]
    public void An_update_that_can_help_no_pod_is_no_event()
    {
        var heartbeat = Plain with
        {
            Metadata = Plain.Metadata with { ResourceVersion = "2", Annotations = StringMap.Of(("a", "b")) },
            Status = Plain.Status with
            {
                Conditions = [Plain.Status.Conditions[0] with { LastProbeTime = DateTimeOffset.UnixEpoch, Reason = "KubeletNotReady" }],
                Images = [new() { Names = ["i"], SizeBytes = 1 }],
                Capacity = StringMap.Of(("pods", Quantity.FromUnits(9))),
            },
        };
        Assert.Null(NodeChanges.EventOf(Plain, heartbeat));
        Assert.Null(NodeChanges.EventOf(Plain with { Spec = Plain.Spec with { Unschedulable = false } }, Plain));
    }

    [Fact]
    public void The_event_table_is_that_of_1_24()
    {
        foreach (var plugin in NaiveQueueModel.Plugins.Append("DefaultPreemption"))
        {
            foreach (var resource in Enum.GetValues<ClusterResource>().Except([ClusterResource.Any]))
            {
                foreach (var (name, action) in ((string, ActionTypes)[])(resource == ClusterResource.Node
                    ? [("Add", ActionTypes.Add), ("Delete", ActionTypes.Delete), ("Allocatable", ActionTypes.UpdateNodeAllocatable), ("Label", ActionTypes.UpdateNodeLabel), ("Taint", ActionTypes.UpdateNodeTaint), ("Condition", ActionTypes.UpdateNodeCondition)]
                    : [("Add", ActionTypes.Add), ("Delete", ActionTypes.Delete), ("Update", ActionTypes.Update)]))
                {
                    Assert.True(
                        NaiveQueueModel.Matches(plugin, resource.ToString(), name) == ClusterEventMap.Default.Wakes(new(resource, action), [plugin]), $"{plugin} {resource} {name}");
                }
            }
        }
    }

    [Fact]
    public void What_nothing_registered_for_is_not_handled()
    {
        var map = ClusterEventMap.Default;
        Assert.False(map.IsHandled(new(ClusterResource.CSIDriver, ActionTypes.Delete)));
        Assert.True(map.IsHandled(new(ClusterResource.PersistentVolume, ActionTypes.Delete)));
        Assert.True(map.With("Custom", new ClusterEvent(ClusterResource.CSIDriver, ActionTypes.Delete)).IsHandled(new(ClusterResource.CSIDriver, ActionTypes.Delete)));
        Assert.False(map.With("Custom", new ClusterEvent(ClusterResource.Node, ActionTypes.Add)).Wakes(ClusterEvent.AssignedPodDelete, ["Custom"]));
    }

    [Property(MaxTest = 300, QuietOnSuccess = true)]
    public void The_node_check_agrees_with_the_filters_it_stands_for(FsCheck.DoNotSize<int> seed)
    {
        string[] checks = ["NodeResourcesFit", "NodeAffinity", "NodeName", "NodePorts"];
        var dice = new ClusterDice(seed.Item);
        var nodes = Enumerable.Range(0, 2 + dice.Below(11)).Select(dice.Node).ToList();
        var cluster = Cluster.Of(dice.Objects(nodes, 3 * nodes.Count));
        var scheduler = new Scheduler(cluster, new() { Release = KubernetesRelease.Parse("1.24.4") });
        var pod = dice.Pod() with { Status = new() };
        var explanation = scheduler.Explain(pod);
        if (explanation.Result.Outcome == SchedulingOutcome.Error || explanation.Result.PreFilterStatus is not null || pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not null)
        {
            return;
        }

        foreach (var node in cluster.Nodes)
        {
            var on = cluster.Pods.Where(other => other.Spec.NodeName == node.Metadata.Name && other.Status.Phase is not ("Succeeded" or "Failed"));
            var nominated = cluster.Pods.Any(other => other.Spec.NodeName.Length == 0 && other.Status.NominatedNodeName == node.Metadata.Name);
            if (nominated)
            {
                continue;
            }

            var objections = explanation.NodeStatuses.Where(status => status.NodeName == node.Metadata.Name).SelectMany(static status => status.Plugins).Select(static status => status.Plugin);
            var tainted = node.Spec.Taints.Any(taint => taint.Effect == "NoSchedule" && !pod.Spec.Tolerations.Any(toleration => toleration.Tolerates(taint)));
            Assert.Equal(!tainted && !objections.Intersect(checks).Any(), new NodePreCheck(node, on).Admits(pod));
        }
    }

    [Fact]
    public void The_node_check_looks_past_cordons_and_NoExecute_taints()
    {
        var node = Plain with { Spec = new() { Unschedulable = true, Taints = [new() { Key = "k", Effect = "NoExecute" }] } };
        var pod = new Pod { Metadata = new() { Name = "p" } };
        Assert.True(new NodePreCheck(node, []).Admits(pod));
        Assert.False(new NodePreCheck(node, [pod]).Admits(pod));
        Assert.False(new NodePreCheck(Plain, []).Admits(pod));
        var restricted = pod with
        {
            Spec = new() { Affinity = new() { NodeAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = "zone", Operator = "In", Values = ["b"] }] }] } } } },
        };
        Assert.False(new NodePreCheck(node, []).Admits(restricted));
    }
}
