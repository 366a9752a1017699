using System.Collections.Immutable;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Algorithm;

/// <summary>The resources that a score looks at, and what nodes and pods have of them.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/noderesources (resource_allocation.go).</remarks>
internal sealed class ScoredResources(NodeTable nodes, ResourceNames names, ImmutableArray<ResourceSpec> resources, bool withDefaults)
{
    private readonly int[] _ids = [.. resources.Select(resource => names.Intern(resource.Name))];

    public int Count => _ids.Length;

    /// <summary>Weight of each resource.</summary>
    public long[] Weights { get; } = [.. resources.Select(static resource => resource.Weight)];

    /// <summary>What a pod is taken to ask for of each resource.</summary>
    public long[] RequestsOf(PodClass pod) => [.. resources.Select(resource => PodRequests.Scored(pod.Sample, resource.Name, withDefaults))];

    /// <summary>The resources that count for a class of pods.</summary>
    public ScoredAmounts For(PodClass pod)
    {
        var requests = RequestsOf(pod);
        return new(nodes, [.. Enumerable.Range(0, _ids.Length).Where(i => Counts(_ids[i], requests[i])).Select(i => new ScoredAmount(_ids[i], requests[i], Weights[i], ColumnOf(_ids[i])))]);
    }

    /// <summary>Reads a node's amounts as if the pod were there.</summary>
    /// <returns>False if the resource does not count: the node has none of it, or it is a scalar that the pod does not ask for.</returns>
    public bool TryRead(int resource, long request, int row, out long allocatable, out long requested)
    {
        var id = _ids[resource];
        (allocatable, requested) = (0, 0);
        if (!Counts(id, request))
        {
            return false;
        }

        allocatable = nodes.Allocatable(id, row);
        requested = request + ColumnOf(id) switch
        {
            RequestColumn.NonZeroCpu => nodes.Amounts(row).NonZeroCpuMilli,
            RequestColumn.NonZeroMemory => nodes.Amounts(row).NonZeroMemoryBytes,
            _ => nodes.Requested(id, row),
        };
        return allocatable != 0;
    }

    private static bool Counts(int id, long request) => id >= 0 && (id < ResourceNames.FirstScalar || request != 0);

    private RequestColumn ColumnOf(int id) => (withDefaults, id) switch
    {
        (true, ResourceNames.Cpu) => RequestColumn.NonZeroCpu,
        (true, ResourceNames.Memory) => RequestColumn.NonZeroMemory,
        _ => RequestColumn.Requested,
    };
}
