using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Internal;

/// <summary>The pending pods of a cluster and those of further workloads, in the order in which the scheduler takes them.</summary>
internal sealed class PlannedDemand
{
    private const int ProgressInterval = 64;

    private PlannedDemand(WorkloadExpansion expansion)
    {
        Expansion = expansion;
        Pods =
        [
            .. expansion.Cluster.Pods.Where(IsPending).Select(static pod => new PlannedPod(pod, $"Pod {ObjectKey.Of(pod)}", LineOf(pod), IsMade: true))
                .Concat(expansion.Pods)
                .OrderByDescending(static planned => planned.Pod.Spec.NodeName.Length > 0)
                .ThenByDescending(static planned => planned.Pod.Spec.Priority ?? 0),
        ];
    }

    public WorkloadExpansion Expansion { get; }

    /// <summary>The cluster with the workloads in it.</summary>
    public Cluster Cluster => Expansion.Cluster;

    public ImmutableArray<PlannedPod> Pods { get; }

    public static PlannedDemand Of(PlanningWorld world, IEnumerable<IApiObject> workloads, CancellationToken cancellationToken) =>
        new(WorkloadExpansion.Expand(world.Given, workloads, [.. world.Given.Pods.Where(IsPending)], cancellationToken));

    public static bool IsPending(Pod pod) =>
        pod.Spec.NodeName.Length == 0 && pod.Status.Phase is not ("Succeeded" or "Failed") && pod.Metadata.DeletionTimestamp is null;

    /// <summary>Places all, and tells of each.</summary>
    public PlacedDemand Place(Scheduler scheduler, Func<Pod, bool>? isExplained, IProgress<PlanProgress>? progress, CancellationToken cancellationToken)
    {
        var placements = ImmutableArray.CreateBuilder<PodPlacement>(Pods.Length);
        var lines = new WaitingLines();
        for (var i = 0; i < Pods.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!lines.HoldsBack(Pods[i]))
            {
                var (pod, source, _, _) = Pods[i];
                var explanation = isExplained?.Invoke(pod) == true ? scheduler.Explain(pod) : null;
                var result = pod.Spec.NodeName.Length > 0 ? TakeAsBound(scheduler, pod) : scheduler.Place(pod).ToResult();
                placements.Add(new(pod, source, result) { Explanation = explanation });
                lines.Note(Pods[i], result.IsScheduled);
            }

            if ((i + 1) % ProgressInterval == 0)
            {
                progress?.Report(new(i + 1, Pods.Length));
            }
        }

        progress?.Report(new(Pods.Length, Pods.Length));
        return new(placements.ToImmutable(), [.. lines.HeldBack]);
    }

    /// <summary>Places all, and counts.</summary>
    /// <returns>How many were placed, and the first that found no node; null if all did.</returns>
    public (int Placed, PodPlacement? Failure) Count(Scheduler scheduler, CancellationToken cancellationToken)
    {
        var (placed, lines) = (0, new WaitingLines());
        PodPlacement? failure = null;
        for (var i = 0; i < Pods.Length; i++)
        {
            if (i % ProgressInterval == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var (pod, source, line, _) = Pods[i];
            if (line is not null && lines.HoldsBack(Pods[i]))
            {
                continue;
            }

            var isBound = pod.Spec.NodeName.Length > 0;
            var refusal = isBound ? TakeAsBound(scheduler, pod) : null;
            var decision = isBound ? default : scheduler.Place(pod);
            var isPlaced = refusal?.IsScheduled ?? decision.IsScheduled;
            placed += isPlaced ? 1 : 0;
            failure ??= isPlaced ? null : new(pod, source, refusal ?? decision.ToResult());
            lines.Note(Pods[i], isPlaced);
        }

        return (placed, failure);
    }

    private static ObjectKey? LineOf(Pod pod) =>
        ControllerReference.ControllerOf(pod) is { Kind: "StatefulSet" } owner ? new(pod.Metadata.Namespace, owner.Name) : null;

    /// <summary>A pod that names its node never meets the scheduler: the kubelet of that node takes it.</summary>
    private static SchedulingResult TakeAsBound(Scheduler scheduler, Pod pod)
    {
        if (!scheduler.HasNode(pod.Spec.NodeName))
        {
            return SchedulingResult.Failed($"the pod names node \"{pod.Spec.NodeName}\", which is not in the cluster");
        }

        scheduler.Assume(pod, pod.Spec.NodeName);
        return SchedulingResult.Scheduled(pod.Spec.NodeName, 0, 0);
    }
}

/// <summary>What became of a demand.</summary>
/// <param name="Pods">The decisions, in their order.</param>
/// <param name="HeldBack">The pods that are never made.</param>
internal sealed record PlacedDemand(ImmutableArray<PodPlacement> Pods, ImmutableArray<PodsNotCreated> HeldBack);
