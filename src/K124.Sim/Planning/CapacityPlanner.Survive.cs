using K124.Sim.Planning.Failures;

namespace K124.Sim.Planning;

public sealed partial class CapacityPlanner
{
    /// <summary>Finds out what happens when nodes are lost: any one, any two, or all of a zone or of another domain.</summary>
    /// <param name="request">What is lost at a time.</param>
    /// <param name="progress">Told now and then how many losses have been gone through.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>Each loss, the worst first, and the least room after any.</returns>
    /// <remarks>Each loss is taken for itself, on the cluster as it is. What controllers make in the place of lost pods is placed by priority, then in the order of the
    /// cluster; nothing is evicted for it. A loss asks no disruption budget, but may leave one broken.</remarks>
    /// <exception cref="ArgumentException">A node is not in the cluster, or no node has the label.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public SurvivePlan Survive(SurviveRequest? request = null, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new FailureSweep(World, request ?? new()).Run(progress, cancellationToken);
}
