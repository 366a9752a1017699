using System.Collections.Immutable;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods off nodes without room for them, and prefers nodes by how much of them would be in use.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/noderesources (fit.go, least_allocated.go, most_allocated.go, requested_to_capacity_ratio.go).</remarks>
internal sealed partial class NodeResourcesFit(NodeTable nodes, ResourceNames resources, NodeResourcesFitArgs args, int index) : IFilterPlugin, IScorePlugin
{
    private const string TooManyPods = "Too many pods";

    private readonly Dictionary<string, PluginStatus> _statuses = new(StringComparer.Ordinal);
    private readonly List<string> _reasons = [];
    private readonly bool _hasIgnored = args.IgnoredResources.Length + args.IgnoredResourceGroups.Length > 0;

    public string Name => nameof(NodeResourcesFit);

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodePods;

    public bool IsActive(PodClass pod) => true;

    public PluginStatus? Filter(PodClass pod, int row)
    {
        var requests = pod.Requests;
        _reasons.Clear();
        if (nodes.Pods.Count(row) + 1 > nodes.AllowedPods[row])
        {
            _reasons.Add(TooManyPods);
        }

        if (!requests.IsEmpty)
        {
            AddIfShort(ResourceNames.Cpu, requests.CpuMilli, row);
            AddIfShort(ResourceNames.Memory, requests.MemoryBytes, row);
            AddIfShort(ResourceNames.EphemeralStorage, requests.EphemeralStorageBytes, row);
            foreach (var (resource, amount) in requests.Scalars)
            {
                if (!IsIgnored(resource))
                {
                    AddIfShort(resource, amount, row);
                }
            }
        }

        return _reasons.Count == 0 ? null : StatusOf(_reasons);
    }

    public int Narrow(PodClass pod, Span<int> rows)
    {
        var requests = pod.Requests;
        var kept = KeepWithPodToSpare(rows);
        if (requests.IsEmpty)
        {
            return kept;
        }

        kept = KeepWithEnough(ResourceNames.Cpu, requests.CpuMilli, rows[..kept]);
        kept = KeepWithEnough(ResourceNames.Memory, requests.MemoryBytes, rows[..kept]);
        kept = KeepWithEnough(ResourceNames.EphemeralStorage, requests.EphemeralStorageBytes, rows[..kept]);
        foreach (var (resource, amount) in requests.Scalars)
        {
            kept = IsIgnored(resource) ? kept : KeepWithEnough(resource, amount, rows[..kept]);
        }

        return kept;
    }

    private bool IsIgnored(int resource) => _hasIgnored && IsIgnored(resources[resource]);

    private bool IsIgnored(string name) =>
        ResourceNames.IsExtended(name) && (args.IgnoredResources.Contains(name) || args.IgnoredResourceGroups.Contains(name[..name.IndexOf('/', StringComparison.Ordinal)]));

    private int KeepWithPodToSpare(Span<int> rows)
    {
        var kept = 0;
        foreach (var row in rows)
        {
            rows[kept] = row;
            kept += nodes.Pods.Count(row) + 1 > nodes.AllowedPods[row] ? 0 : 1;
        }

        return kept;
    }

    private int KeepWithEnough(int resource, long amount, Span<int> rows)
    {
        var allocatable = nodes.Allocatable(resource);
        var requested = nodes.Requested(resource);
        var kept = 0;
        foreach (var row in rows)
        {
            rows[kept] = row;
            kept += amount > allocatable[row] - requested[row] ? 0 : 1;
        }

        return kept;
    }

    private void AddIfShort(int resource, long amount, int row)
    {
        if (amount > nodes.Allocatable(resource)[row] - nodes.Requested(resource)[row])
        {
            _reasons.Add("Insufficient " + resources[resource]);
        }
    }

    private PluginStatus StatusOf(List<string> reasons)
    {
        var key = string.Join('\n', reasons);
        if (!_statuses.TryGetValue(key, out var status))
        {
            status = new(Name, StatusCode.Unschedulable, reasons.ToImmutableArray());
            _statuses.Add(key, status);
        }

        return status;
    }
}
