using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods off nodes where a host port that they want is taken.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/nodeports.</remarks>
internal sealed class NodePorts(NodeTable nodes) : IFilterPlugin
{
    private static readonly PluginStatus Taken =
        new(nameof(NodePorts), StatusCode.Unschedulable, "node(s) didn't have free ports for the requested pod ports");

    public string Name => nameof(NodePorts);

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodePods;

    public RowFilter? RowFilterFor(PodClass pod) => pod.HostPorts.Length == 0 ? null : new AnyRowFilter(this, pod);

    public bool IsActive(PodClass pod) => pod.HostPorts.Length > 0;

    public PluginStatus? Filter(PodClass pod, int row) => nodes.HostPorts(row)?.ConflictsWith(pod.HostPorts) == true ? Taken : null;
}
