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
    /// they do not meet the scheduler. Each pod is decided on once. Claims that StatefulSets and ephemeral volumes make are made first.
    /// What is there already is not made anew: a workload of the cluster is replaced, its pods count, and only the rest is made. Pods that quotas and
    /// limits refuse, and those that a StatefulSet holds back, are told as not created. Pods that DaemonSets of the cluster lack come before all. Victims of preemption are named but not evicted.</remarks>
    /// <exception cref="ArgumentException">A pod of its own is in the cluster already, or pods would not be admitted: their PriorityClass or
    /// RuntimeClass is missing or contradicts them.</exception>
    /// <exception cref="OperationCanceledException">The plan was stopped.</exception>
    public PlacementPlan Place(
        IEnumerable<IApiObject> workloads, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workloads);
        Pod[] pending = [.. _cluster.Pods.Where(IsPending)];
        var expansion = WorkloadExpansion.Expand(_cluster, _options.CompletesWorkloads ? WithWanting(workloads) : workloads, pending);
        PlannedPod[] pods =
        [
            .. expansion.Cluster.Pods.Where(IsPending).Select(static pod => new PlannedPod(pod, $"Pod {ObjectKey.Of(pod)}", LineOf(pod), IsMade: true))
                .Concat(expansion.Pods)
                .OrderByDescending(static planned => planned.Pod.Spec.NodeName.Length > 0)
                .ThenByDescending(static planned => planned.Pod.Spec.Priority ?? 0),
        ];
        var scheduler = new Scheduler(expansion.Cluster, _options.Scheduler);
        string[] daemons = [.. expansion.Daemons.Fill(scheduler)];
        var meter = new UtilizationMeter(scheduler);
        var placements = new List<PodPlacement>(pods.Length);
        var lines = new WaitingLines();
        for (var i = 0; i < pods.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!lines.HoldsBack(pods[i]))
            {
                var (pod, source, _, _) = pods[i];
                var explanation = _options.ExplainPod?.Invoke(pod) == true ? scheduler.Explain(pod) : null;
                var result = pod.Spec.NodeName.Length > 0 ? TakeAsBound(expansion.Cluster, scheduler, pod) : scheduler.Place(pod).ToResult();
                placements.Add(new(pod, source, result) { Explanation = explanation });
                lines.Note(pods[i], result.IsScheduled);
            }

            if ((i + 1) % ProgressInterval == 0)
            {
                progress?.Report(new(i + 1, pods.Length));
            }
        }

        progress?.Report(new(pods.Length, pods.Length));
        return new()
        {
            Pods = [.. placements],
            NotCreated = [.. expansion.NotCreated, .. lines.HeldBack],
            Utilization = meter.Read(),
            Notices =
            [
                .. expansion.Notices,
                .. daemons,
                .. PlanNotices.For(expansion.Cluster, [.. pods.Select(static planned => planned.Pod)]),
                .. PlanNotices.ForPreemption(placements),
                .. PlanNotices.ForClaims(expansion.Claims, scheduler),
            ],
        };
    }

    /// <summary>Workloads of the cluster that lack pods, then those that are given, which may replace them.</summary>
    private IEnumerable<IApiObject> WithWanting(IEnumerable<IApiObject> workloads)
    {
        IApiObject[] given = [.. workloads];
        var replaced = given.Select(static item => (item.Kind, item.Metadata.Name, Space: item.Metadata.Namespace.Length == 0 ? DefaultNamespace : item.Metadata.Namespace)).ToHashSet();
        return [.. Shortfalls.Wanting(_cluster).Where(item => !replaced.Contains((item.Kind, item.Metadata.Name, item.Metadata.Namespace))), .. given];
    }

    private static ObjectKey? LineOf(Pod pod) =>
        ControllerReference.ControllerOf(pod) is { Kind: "StatefulSet" } owner ? new(pod.Metadata.Namespace, owner.Name) : null;

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
