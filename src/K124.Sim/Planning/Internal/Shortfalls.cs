using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>Names the workloads of the cluster that have fewer pods than they want: their controllers would make the rest.</summary>
internal static class Shortfalls
{
    /// <summary>The workloads of the cluster that have fewer pods than they want.</summary>
    public static IEnumerable<IApiObject> Wanting(Cluster cluster) =>
        Wants(cluster, new(cluster, [])).Where(static want => want.Pods > 0).Select(static want => want.Owner);

    public static IEnumerable<string> Of(Cluster cluster, IEnumerable<IApiObject> planned, Owners owners)
    {
        var seenTo = planned.Select(static item => (item.Kind, ObjectKey.Of(item))).ToHashSet();
        string[] wanting = [.. Wants(cluster, owners)
            .Where(want => want.Pods > 0 && !seenTo.Contains((want.Owner.Kind, ObjectKey.Of(want.Owner))))
            .Select(static want => $"{want.Owner.Kind} {ObjectKey.Of(want.Owner)} ({want.Pods})")];
        return wanting.Length == 0
            ? []
            : [$"workloads of the cluster want pods that are not there, and the plan leaves them out: {SettledCluster.Names(wanting)}."];
    }

    private static IEnumerable<(IApiObject Owner, int Pods)> Wants(Cluster cluster, Owners owners) =>
    [
        .. cluster.Deployments.Where(static item => !item.Spec.Paused).Select(item => Want(item, item.Spec.Replicas, owners)),
        .. cluster.ReplicaSets.Where(item => owners.ControllerOf(item) is null).Select(item => Want(item, item.Spec.Replicas, owners, item.Spec.Selector)),
        .. cluster.ReplicationControllers.Select(item => Want(item, item.Spec.Replicas, owners, new() { MatchLabels = item.Spec.Selector })),
        .. cluster.StatefulSets.Select(item => Want(item, item.Spec.Replicas, owners)),
        .. cluster.Jobs.Where(static item => item.Spec.Suspend != true && !JobProgress.IsFinished(item))
            .Select(item => ((IApiObject)item, JobProgress.Of(item, owners.PodsOf(item)).Missing(item.Spec))),
    ];

    private static (IApiObject Owner, int Pods) Want(IApiObject owner, int? replicas, Owners owners, LabelSelector? selector = null) =>
        (owner, (replicas ?? 1) - owners.PodsOf(owner).Concat(owners.OrphansOf(owner.Metadata.Namespace, selector)).Count(Owners.IsActive));
}
