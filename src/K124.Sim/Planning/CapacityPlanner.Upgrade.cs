using K124.Sim.Planning.Upgrading;

namespace K124.Sim.Planning;

public sealed partial class CapacityPlanner
{
    /// <summary>Replaces nodes one after the other by new ones like them, on virtual time: how long it takes, and what blocks it.</summary>
    /// <param name="request">Which nodes, how many at a time, and how long things take; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>How it goes.</returns>
    /// <remarks>Evictions ask budgets, and are tried again when refused; a pod that takes another's place counts as healthy once it is ready. Pods without a node are tried
    /// again when a node comes.</remarks>
    /// <exception cref="ArgumentException">A node is not in the cluster, or no node may be replaced at a time.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public UpgradePlan Upgrade(UpgradeRequest? request = null, CancellationToken cancellationToken = default) =>
        new RollingUpgrade(World, request ?? new()).Run(cancellationToken);
}
