using System.Collections.Immutable;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling;

public sealed partial class Scheduler
{
    /// <summary>Names of the nodes, in the order in which the cluster holds them.</summary>
    internal IReadOnlyList<string> NodeNames => [.. Rows.Select(row => _state.Nodes.Names[row])];

    private IEnumerable<int> Rows => Enumerable.Range(0, _state.Nodes.RowCount).Where(row => _state.Nodes.HasNode[row]);

    /// <summary>What each node has and what its pods ask for: cpu, memory, ephemeral-storage, pods, then scalars by name. Apart from cpu,
    /// memory and pods, a resource that a node neither has nor is asked for is left out.</summary>
    internal ImmutableArray<ImmutableArray<NodeResource>> ReadNodeResources()
    {
        int[] scalars = [.. Enumerable.Range(ResourceNames.FirstScalar, _state.Resources.Count - ResourceNames.FirstScalar).OrderBy(id => _state.Resources[id], StringComparer.Ordinal)];
        return [.. Rows.Select(row => ReadNodeResources(row, scalars))];
    }

    private ImmutableArray<NodeResource> ReadNodeResources(int row, int[] scalars)
    {
        var nodes = _state.Nodes;
        return
        [
            Read(ResourceNames.Cpu),
            Read(ResourceNames.Memory),
            .. new[] { Read(ResourceNames.EphemeralStorage) }.Where(IsThere),
            new(ResourceNames.PodsName, nodes.Amounts(row).AllowedPods, nodes.Pods.Count(row)),
            .. scalars.Select(Read).Where(IsThere),
        ];

        NodeResource Read(int resource) => new(_state.Resources[resource], nodes.Allocatable(resource, row), nodes.Requested(resource, row));

        static bool IsThere(NodeResource resource) => resource.Allocatable != 0 || resource.Requested != 0;
    }
}
