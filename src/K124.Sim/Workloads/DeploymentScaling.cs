using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>How a Deployment of another size is shared out among its ReplicaSets.</summary>
internal static class DeploymentScaling
{
    /// <summary>The only ReplicaSet to scale: the one that has pods, or the newest if none has; null if several have.</summary>
    public static ReplicaSet? ActiveOrLatest(ReplicaSet? newest, IReadOnlyList<ReplicaSet> olderNewestFirst)
    {
        ReplicaSet[] active = [.. Active(olderNewestFirst, newest)];
        return active.Length switch
        {
            0 => newest ?? (olderNewestFirst.Count > 0 ? olderNewestFirst[0] : null),
            1 => active[0],
            _ => null,
        };
    }

    /// <summary>Whether the newest ReplicaSet has all the pods that are wanted.</summary>
    public static bool IsSaturated(Deployment deployment, ReplicaSet? newest)
    {
        var replicas = RollingUpdate.Replicas(deployment);
        return newest is not null && newest.Spec.Replicas == replicas && DeploymentRevisions.DesiredReplicas(newest) == replicas
            && newest.Status.AvailableReplicas == replicas;
    }

    /// <summary>New sizes of the ReplicaSets that have pods, in the order in which they are written.</summary>
    public static ImmutableArray<(ReplicaSet Set, int Size)> Proportional(
        Deployment deployment, ReplicaSet? newest, IReadOnlyList<ReplicaSet> olderNewestFirst, out int toAdd)
    {
        List<ReplicaSet> active = [.. Active(olderNewestFirst, newest)];
        var replicas = RollingUpdate.Replicas(deployment);
        toAdd = (replicas > 0 ? replicas + RollingUpdate.MaxSurge(deployment) : 0) - DeploymentStatuses.Total(active);
        if (toAdd != 0)
        {
            active.Sort(toAdd > 0 ? LargerThenNewer : LargerThenOlder);
        }

        var added = 0;
        var sizes = ImmutableArray.CreateBuilder<(ReplicaSet Set, int Size)>(active.Count);
        foreach (var set in active)
        {
            var size = set.Spec.Replicas ?? 1;
            var share = RollingUpdate.Proportion(size, DeploymentRevisions.MaxReplicas(set), deployment, toAdd, added);
            added += share;
            sizes.Add((set, size + share));
        }

        if (toAdd != 0 && sizes.Count > 0)
        {
            sizes[0] = (sizes[0].Set, Math.Max(0, sizes[0].Size + toAdd - added));
        }

        return sizes.ToImmutable();
    }

    /// <summary>ReplicaSets that have pods to keep.</summary>
    public static IEnumerable<ReplicaSet> Active(IEnumerable<ReplicaSet> older, ReplicaSet? newest) =>
        (newest is null ? older : older.Append(newest)).Where(static set => set.Spec.Replicas is null or > 0);

    /// <summary>Older first; by name at one time.</summary>
    public static int OlderFirst(ReplicaSet a, ReplicaSet b)
    {
        var order = Nullable.Compare(a.Metadata.CreationTimestamp, b.Metadata.CreationTimestamp);
        return order != 0 ? order : string.CompareOrdinal(a.Metadata.Name, b.Metadata.Name);
    }

    private static int LargerThenNewer(ReplicaSet a, ReplicaSet b)
    {
        var order = (b.Spec.Replicas ?? 1).CompareTo(a.Spec.Replicas ?? 1);
        return order != 0 ? order : OlderFirst(b, a);
    }

    private static int LargerThenOlder(ReplicaSet a, ReplicaSet b)
    {
        var order = (b.Spec.Replicas ?? 1).CompareTo(a.Spec.Replicas ?? 1);
        return order != 0 ? order : OlderFirst(a, b);
    }
}
