using System.Collections.Immutable;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling;

public sealed partial class Scheduler
{
    /// <summary>Names of the nodes, in the order in which the cluster holds them. A new list each time.</summary>
    internal IReadOnlyList<string> NodeNames => [.. Rows.Select(row => _state.Nodes.Names[row])];

    private IEnumerable<int> Rows => Enumerable.Range(0, _state.Nodes.RowCount).Where(row => _state.Nodes.HasNode[row]);

    /// <summary>What each node has and what its pods ask for: cpu, memory, ephemeral-storage, pods, then scalars by name. Apart from cpu,
    /// memory and pods, a resource that a node neither has nor is asked for is left out.</summary>
    internal ImmutableArray<ImmutableArray<NodeResource>> ReadNodeResources()
    {
        int[] scalars = [.. Enumerable.Range(ResourceNames.FirstScalar, _state.Resources.Count - ResourceNames.FirstScalar).OrderBy(id => _state.Resources[id], StringComparer.Ordinal)];
        var read = ImmutableArray.CreateBuilder<NodeResource>();
        var nodes = ImmutableArray.CreateBuilder<ImmutableArray<NodeResource>>(_state.Nodes.Count);
        foreach (var row in Rows)
        {
            read.Clear();
            ReadNodeResources(row, scalars, read);
            nodes.Add(read.ToImmutable());
        }

        return nodes.ToImmutable();
    }

    private void ReadNodeResources(int row, int[] scalars, ImmutableArray<NodeResource>.Builder read)
    {
        var nodes = _state.Nodes;
        read.Add(Read(ResourceNames.Cpu));
        read.Add(Read(ResourceNames.Memory));
        AddIfThere(ResourceNames.EphemeralStorage);
        read.Add(new(ResourceNames.PodsName, nodes.Amounts(row).AllowedPods, nodes.Pods.Count(row)));
        foreach (var scalar in scalars)
        {
            AddIfThere(scalar);
        }

        NodeResource Read(int resource) => new(_state.Resources[resource], nodes.Allocatable(resource, row), nodes.Requested(resource, row));

        void AddIfThere(int resource)
        {
            if (Read(resource) is { } found and not { Allocatable: 0, Requested: 0 })
            {
                read.Add(found);
            }
        }
    }
}
