using K124.Sim.Planning.Shrinking;

namespace K124.Sim.Planning;

public sealed partial class CapacityPlanner
{
    /// <summary>Finds out which nodes can go: one after the other is drained, and goes if all that was on it finds another place.</summary>
    /// <param name="request">Which nodes may go; null for any.</param>
    /// <param name="progress">Told now and then how many nodes have been tried.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>The nodes in the order in which they go, what holds each of the others, and a proven bound.</returns>
    /// <remarks>The emptiest node is tried first. A drain that leaves a pod without a node is taken back. Between two drains what was moved has become ready, so budgets
    /// start from as many healthy pods as there were. Nodes that stay are tried again until no more go.</remarks>
    /// <exception cref="ArgumentException">A node is not in the cluster.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public ShrinkPlan Shrink(ShrinkRequest? request = null, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new ShrinkSearch(World, request ?? new()).Run(progress, cancellationToken);
}
