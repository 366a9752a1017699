using K124.Sim.Model;
using K124.Sim.Planning.Internal;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning;

public sealed partial class CapacityPlanner
{
    /// <summary>Places the pending pods of the cluster and the pods that further workloads would make.</summary>
    /// <param name="workloads">Deployments, ReplicaSets, ReplicationControllers, StatefulSets, DaemonSets, Jobs, CronJobs (the pods of one
    /// run) and Pods. Objects of other kinds, such as Services and PriorityClasses, are added to the cluster first.</param>
    /// <param name="progress">Told now and then how many pods have been decided on.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>What becomes of each pod, and each node's resources before and after.</returns>
    /// <remarks>Pods are placed in the order of the scheduling queue: higher priority first, among equals the pending pods of the cluster
    /// and then those of the workloads, each in the order given. Pods of the workloads that name their node come before all, since
    /// they do not meet the scheduler. Each pod is decided on once. Claims that StatefulSets and ephemeral volumes make are made first. Victims of preemption are named but not evicted.</remarks>
    /// <exception cref="ArgumentException">An object is in the cluster already, or its pods would not be admitted: their PriorityClass or
    /// RuntimeClass is missing or contradicts them.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public PlacementPlan Place(
        IEnumerable<IApiObject> workloads, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workloads);
        Pod[] pending = [.. _cluster.Pods.Where(IsPending)];
        var expansion = WorkloadExpansion.Expand(_cluster, workloads, pending);
        PlannedPod[] pods =
        [
            .. pending.Select(static pod => new PlannedPod(pod, $"Pod {ObjectKey.Of(pod)}"))
                .Concat(expansion.Pods)
                .OrderByDescending(static planned => planned.Pod.Spec.NodeName.Length > 0)
                .ThenByDescending(static planned => planned.Pod.Spec.Priority ?? 0),
        ];
        var scheduler = new Scheduler(expansion.Cluster, _options.Scheduler);
        var meter = new UtilizationMeter(scheduler);
        var placements = new PodPlacement[pods.Length];
        for (var i = 0; i < pods.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (pod, source) = pods[i];
            var explanation = _options.ExplainPod?.Invoke(pod) == true ? scheduler.Explain(pod) : null;
            var result = pod.Spec.NodeName.Length > 0 ? TakeAsBound(expansion.Cluster, scheduler, pod) : scheduler.Place(pod).ToResult();

            placements[i] = new(pod, source, result) { Explanation = explanation };
            if ((i + 1) % ProgressInterval == 0)
            {
                progress?.Report(new(i + 1, pods.Length));
            }
        }

        progress?.Report(new(pods.Length, pods.Length));
        return new()
        {
            Pods = [.. placements],
            Utilization = meter.Read(),
            Notices =
            [
                .. PlanNotices.For(expansion.Cluster, [.. pods.Select(static planned => planned.Pod)]),
                .. PlanNotices.ForPreemption(placements),
                .. PlanNotices.ForClaims(expansion.Claims, scheduler),
            ],
        };
    }

    /// <summary>A pod that names its node never meets the scheduler: the kubelet of that node takes it.</summary>
    private static SchedulingResult TakeAsBound(Cluster cluster, Scheduler scheduler, Pod pod)
    {
        if (cluster.Nodes.Find(pod.Spec.NodeName) is null)
        {
            return SchedulingResult.Failed($"the pod names node \"{pod.Spec.NodeName}\", which is not in the cluster");
        }

        scheduler.Assume(pod, pod.Spec.NodeName);
        return SchedulingResult.Scheduled(pod.Spec.NodeName, 0, 0);
    }

    private static bool IsPending(Pod pod) =>
        pod.Spec.NodeName.Length == 0 && pod.Status.Phase is not ("Succeeded" or "Failed") && pod.Metadata.DeletionTimestamp is null;
}
