using System.Collections.Immutable;
using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods off nodes without room for them, and prefers nodes with more room (LeastAllocated).</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/noderesources (fit.go, least_allocated.go).</remarks>
internal sealed class NodeResourcesFit(NodeTable nodes, ResourceNames resources) : IFilterPlugin, IScorePlugin
{
    private const string TooManyPods = "Too many pods";

    private readonly Dictionary<string, PluginStatus> _statuses = new(StringComparer.Ordinal);
    private readonly List<string> _reasons = [];

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
                AddIfShort(resource, amount, row);
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
            kept = KeepWithEnough(resource, amount, rows[..kept]);
        }

        return kept;
    }

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var cpuAllocatable = nodes.Allocatable(ResourceNames.Cpu);
        var memoryAllocatable = nodes.Allocatable(ResourceNames.Memory);
        var cpu = pod.Requests.ScoredNonZeroCpuMilli;
        var memory = pod.Requests.NonZeroMemoryBytes;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            long sum = 0;
            long weights = 0;
            if (cpuAllocatable[row] != 0)
            {
                sum += LeastAllocated(cpuAllocatable[row], nodes.NonZeroCpuMilli[row] + cpu);
                weights++;
            }

            if (memoryAllocatable[row] != 0)
            {
                sum += LeastAllocated(memoryAllocatable[row], nodes.NonZeroMemoryBytes[row] + memory);
                weights++;
            }

            scores[i] = weights == 0 ? 0 : sum / weights;
        }
    }

    private static long LeastAllocated(long allocatable, long requested) =>
        requested > allocatable ? 0 : (allocatable - requested) * Normalization.MaxNodeScore / allocatable;

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
