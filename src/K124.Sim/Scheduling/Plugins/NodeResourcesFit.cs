using System.Collections.Immutable;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods off nodes without room for them, and prefers nodes by how much of them would be in use.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/noderesources (fit.go, least_allocated.go, most_allocated.go, requested_to_capacity_ratio.go).</remarks>
internal sealed partial class NodeResourcesFit(NodeTable nodes, ResourceNames resources, NodeResourcesFitArgs args, int index) : IFilterPlugin, IScorePlugin
{
    private readonly Shortages _nothingShort = new([]);
    private readonly bool _hasIgnored = args.IgnoredResources.Length + args.IgnoredResourceGroups.Length > 0;

    public string Name => nameof(NodeResourcesFit);

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryTakeOver(PodClass from, PodClass to)
    {
        to.PluginData[index] = from.PluginData[index];
        return true;
    }

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodePods;

    public bool IsActive(PodClass pod) => true;

    public PluginStatus? Filter(PodClass pod, int row)
    {
        var requests = pod.Requests;
        var found = nodes.Pods.Count(row) + 1 > nodes.Amounts(row).AllowedPods ? _nothingShort.AndPods() : _nothingShort;
        if (!requests.IsEmpty)
        {
            found = AddIfShort(found, ResourceNames.Cpu, requests.CpuMilli, row);
            found = AddIfShort(found, ResourceNames.Memory, requests.MemoryBytes, row);
            found = AddIfShort(found, ResourceNames.EphemeralStorage, requests.EphemeralStorageBytes, row);
            foreach (var (resource, amount) in requests.Scalars)
            {
                found = IsIgnored(resource) ? found : AddIfShort(found, resource, amount, row);
            }
        }

        return found.Status;
    }

    public int Narrow(PodClass pod, Span<int> rows)
    {
        var room = RoomFor(pod);
        var kept = 0;
        foreach (var row in rows)
        {
            rows[kept] = row;
            kept += room.Passes(row) ? 1 : 0;
        }

        return kept;
    }

    private bool IsIgnored(int resource) => _hasIgnored && IsIgnored(resources[resource]);

    private bool IsIgnored(string name) =>
        ResourceNames.IsExtended(name) && (args.IgnoredResources.Contains(name) || args.IgnoredResourceGroups.Contains(name[..name.IndexOf('/', StringComparison.Ordinal)]));

    private Shortages AddIfShort(Shortages found, int resource, long amount, int row) =>
        amount > nodes.Allocatable(resource, row) - nodes.Requested(resource, row) ? found.And(resource, resources) : found;

    /// <summary>What a node is short of, in the order of the reasons; what is short together is told by one status.</summary>
    private sealed class Shortages(ImmutableArray<string> reasons)
    {
        private const int Pods = -1;

        private readonly List<(int Resource, Shortages Shortages)> _longer = [];

        /// <summary>The objection; null if nothing is short.</summary>
        public PluginStatus? Status { get; } = reasons.IsEmpty ? null : new(nameof(NodeResourcesFit), StatusCode.Unschedulable, reasons);

        public Shortages AndPods() => Find(Pods) ?? Add(Pods, "Too many pods");

        public Shortages And(int resource, ResourceNames resources) => Find(resource) ?? Add(resource, "Insufficient " + resources[resource]);

        private Shortages? Find(int resource)
        {
            foreach (var (next, shortages) in _longer)
            {
                if (next == resource)
                {
                    return shortages;
                }
            }

            return null;
        }

        private Shortages Add(int resource, string reason)
        {
            var shortages = new Shortages(reasons.Add(reason));
            _longer.Add((resource, shortages));
            return shortages;
        }
    }
}
