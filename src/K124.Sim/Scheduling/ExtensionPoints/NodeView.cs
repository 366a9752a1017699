using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>A node and the pods on it as the scheduler sees them; good during the call it is handed to.</summary>
public readonly struct NodeView
{
    private readonly SchedulerState _state;
    private readonly int _row;

    internal NodeView(SchedulerState state, int row) => (_state, _row) = (state, row);

    /// <summary>The node object.</summary>
    public Node Node => _state.Nodes.Nodes[_row];

    /// <summary>Number of pods on the node, assumed ones included.</summary>
    public int PodCount => _state.Nodes.Pods.Count(_row);

    /// <summary>The pods on the node, in the scheduler's order.</summary>
    /// <returns>A new list at each call.</returns>
    public ImmutableArray<Pod> GetPods()
    {
        var pods = ImmutableArray.CreateBuilder<Pod>(PodCount);
        foreach (var id in _state.Nodes.Pods[_row])
        {
            pods.Add(_state.Pods[id].Pod);
        }

        return pods.MoveToImmutable();
    }

    /// <summary>What the node can give of a resource.</summary>
    /// <param name="resource">Name of the resource.</param>
    /// <returns>Thousandths of a core for cpu, else whole units; 0 if the node has none or the scheduler does not know the resource.</returns>
    public long GetAllocatable(string resource) => _state.Resources.Intern(resource) is >= 0 and var id ? _state.Nodes.Allocatable(id, _row) : 0;

    /// <summary>What the pods on the node ask for of a resource.</summary>
    /// <param name="resource">Name of the resource.</param>
    /// <returns>In the unit of <see cref="GetAllocatable"/>.</returns>
    public long GetRequested(string resource) => _state.Resources.Intern(resource) is >= 0 and var id ? _state.Nodes.Requested(id, _row) : 0;
}
