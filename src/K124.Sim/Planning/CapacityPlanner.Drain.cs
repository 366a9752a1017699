using K124.Sim.Planning.Internal;

namespace K124.Sim.Planning;

public sealed partial class CapacityPlanner
{
    /// <summary>Drains a node: cordons it and evicts its pods as far as their budgets allow, while controllers make others in their place.</summary>
    /// <param name="nodeName">Name of the node.</param>
    /// <param name="force">Whether pods that no controller makes anew may be lost; without it the drain is refused if there are any.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>What becomes of each pod of the node.</returns>
    /// <remarks>A pod that takes another's place and finds a node counts as healthy at once, so budgets let the next one go. Pods of DaemonSets
    /// and mirror pods stay, as with <c>kubectl drain --ignore-daemonsets</c>.</remarks>
    /// <exception cref="ArgumentException">There is no such node, or a pod that is to be made would not be admitted.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public DrainPlan Drain(string nodeName, bool force = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(nodeName);
        return World.Cluster.Nodes.Find(nodeName) is { } node
            ? new NodeDrain(World, node).Run(force, cancellationToken)
            : throw new ArgumentException($"there is no node '{nodeName}'");
    }
}
