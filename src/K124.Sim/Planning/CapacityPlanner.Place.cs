using K124.Sim.Model;
using K124.Sim.Planning.Internal;

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
        var demand = PlannedDemand.Of(World, _options.CompletesWorkloads ? WithWanting(workloads) : workloads, cancellationToken);
        var scheduler = World.Fork(demand.Cluster);
        var daemons = demand.Expansion.Daemons.Fill(scheduler).ToArray();
        var meter = new UtilizationMeter(scheduler);
        var run = demand.Place(scheduler, _options.ExplainPod, progress, cancellationToken);
        return new()
        {
            Pods = run.Pods,
            NotCreated = [.. demand.Expansion.NotCreated, .. run.HeldBack],
            Utilization = meter.Read(),
            Notices =
            [
                .. demand.Expansion.Notices,
                .. daemons,
                .. PlanNotices.For(demand.Cluster, [.. demand.Pods.Select(static planned => planned.Pod)]),
                .. PlanNotices.ForPreemption(run.Pods),
                .. PlanNotices.ForClaims(demand.Expansion.Claims, scheduler),
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
}
