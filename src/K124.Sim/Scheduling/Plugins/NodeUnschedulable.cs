using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods off cordoned nodes unless they tolerate the cordon's taint.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/nodeunschedulable.</remarks>
internal sealed class NodeUnschedulable(NodeTable nodes) : IFilterPlugin
{
    private static readonly Taint Cordon = new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" };

    private static readonly PluginStatus Cordoned =
        new(nameof(NodeUnschedulable), StatusCode.UnschedulableAndUnresolvable, "node(s) were unschedulable");

    public string Name => nameof(NodeUnschedulable);

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodeObject;

    public bool IsActive(PodClass pod) => true;

    public PluginStatus? Filter(PodClass pod, int row) =>
        nodes.Nodes[row].Spec.Unschedulable && !pod.Spec.Tolerations.Any(static toleration => toleration.Tolerates(Cordon)) ? Cordoned : null;
}
