using K124.Sim.Model;
using K124.Sim.Planning.Internal;

namespace K124.Sim.Planning;

public sealed partial class CapacityPlanner
{
    private const int ProgressInterval = 64;
    private const string DefaultNamespace = "default";

    /// <summary>Places replicas of a pod, one after the other, until one does not fit.</summary>
    /// <param name="pod">The pod. Its node and status are left out of account; its replicas are named after it, with a number. Each replica has
    /// ephemeral volumes of its own; claims that the pod names are shared by all.</param>
    /// <param name="maxReplicas">Where to stop, at least 0. A pod that asks for nothing fits until nodes run out of allowed pods, so
    /// set it if nodes allow very many.</param>
    /// <param name="progress">Told now and then how many replicas have been placed.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>How many fit, where, and what stops the next one.</returns>
    /// <exception cref="ArgumentException">The pod would not be admitted: its PriorityClass or RuntimeClass is missing or contradicts it.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxReplicas"/> is negative.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public FitPlan Fit(
        Pod pod, int maxReplicas = int.MaxValue, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return Fit([pod], maxReplicas, progress, cancellationToken);
    }

    /// <summary>Places replicas of a StatefulSet, each with claims of its own, one after the other, until one does not fit.</summary>
    /// <param name="set">The StatefulSet; its number of replicas is left out of account. Pods and claims of its names that are in the
    /// cluster are passed over and taken over.</param>
    /// <param name="maxReplicas">Where to stop, at least 0.</param>
    /// <param name="progress">Told now and then how many replicas have been placed.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>How many fit, where, and what stops the next one.</returns>
    /// <exception cref="ArgumentException">A pod or a claim would not be admitted.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxReplicas"/> is negative.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public FitPlan Fit(
        StatefulSet set, int maxReplicas = int.MaxValue, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Fit([set], maxReplicas, progress, cancellationToken);
    }

    /// <summary>Places replicas of what makes pods, or sets of several things, one after the other, until one does not fit.</summary>
    /// <param name="items">One Pod, Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet, Job or CronJob: replicas of its pod are
    /// placed, whatever number it gives; those of a DaemonSet one a node. Or several of them: sets of all are placed, each with as many pods as they
    /// give, and a set of which one pod does not fit is not counted.</param>
    /// <param name="maxReplicas">Where to stop, at least 0.</param>
    /// <param name="progress">Told now and then how many replicas or sets have been placed.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>How many replicas or sets fit, where, and what stops the next one.</returns>
    /// <exception cref="ArgumentException">There is nothing to place, an object makes no pods, or its pods would not be admitted.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxReplicas"/> is negative.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public FitPlan Fit(
        IEnumerable<IApiObject> items, int maxReplicas = int.MaxValue, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfNegative(maxReplicas);
        IApiObject[] placed = [.. items.Select(Placeable)];
        if (placed.Length == 0)
        {
            throw new ArgumentException("There is nothing to place.", nameof(items));
        }

        var world = FitWorld.Of(World, placed);
        var budget = new FitBudget(maxReplicas, progress, cancellationToken);
        return placed is [DaemonSet set] ? world.FitDaemons(set, budget) : world.FitSets(placed, budget);
    }

    private static IApiObject Placeable(IApiObject item)
    {
        var space = item.Metadata.Namespace.Length == 0 ? DefaultNamespace : item.Metadata.Namespace;
        return item is Pod pod
            ? pod with { Metadata = pod.Metadata with { Namespace = space, Uid = "", DeletionTimestamp = null }, Spec = pod.Spec with { NodeName = "" }, Status = new() }
            : ApiObjects.With(item, item.ApiVersion, item.Metadata with { Namespace = space });
    }
}
