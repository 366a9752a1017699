using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps a pod that names its node to that node.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/nodename.</remarks>
internal sealed class NodeName(NodeTable nodes) : IFilterPlugin
{
    private static readonly PluginStatus OtherNode =
        new(nameof(NodeName), StatusCode.UnschedulableAndUnresolvable, "node(s) didn't match the requested node name");

    public string Name => nameof(NodeName);

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodeObject;

    public bool IsActive(PodClass pod) => pod.NodeName.Length > 0;

    public PluginStatus? Filter(PodClass pod, int row) =>
        pod.NodeName.Length > 0 && pod.NodeName != nodes.Names[row] ? OtherNode : null;
}
