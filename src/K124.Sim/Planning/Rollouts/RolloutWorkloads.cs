using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Planning.Rollouts;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>Workloads as <c>kubectl rollout status</c> sees them.</summary>
internal static class RolloutWorkloads
{
    public static bool IsOne(IApiObject item) => item is Deployment or StatefulSet or DaemonSet;

    public static RolloutProgress? ProgressOf(IApiObject? item) => item switch
    {
        Deployment own => Of(own),
        StatefulSet own => Of(own),
        DaemonSet own => Of(own),
        _ => null,
    };

    /// <summary>The pods of workloads, those of their ReplicaSets included.</summary>
    public static List<Pod> PodsOf(ControlPlane plane, ImmutableArray<(ApiKind Kind, ObjectKey Key)> workloads)
    {
        var pods = new List<Pod>();
        foreach (var (kind, key) in workloads)
        {
            if (plane.Client.Get(kind, key) is not { } item)
            {
                continue;
            }

            var owners = item is Deployment
                ? plane.Client.List<ReplicaSet>(ObjectIndex.Controller, item.Metadata.Uid).Select(static set => set.Metadata.Uid).ToArray()
                : [item.Metadata.Uid];
            foreach (var owner in owners)
            {
                pods.AddRange(plane.Client.List<Pod>(ObjectIndex.Controller, owner));
            }
        }

        return pods;
    }

    private static RolloutProgress Of(Deployment item)
    {
        var (wanted, status) = (item.Spec.Replicas ?? 1, item.Status);
        var isComplete = IsSeen(item, status.ObservedGeneration) && status.UpdatedReplicas == wanted && status.Replicas == status.UpdatedReplicas
            && status.AvailableReplicas == status.UpdatedReplicas;
        return new(item.Kind, ObjectKey.Of(item), wanted, status.UpdatedReplicas, status.ReadyReplicas, status.AvailableReplicas, isComplete);
    }

    private static RolloutProgress Of(StatefulSet item)
    {
        var (wanted, status) = (item.Spec.Replicas ?? 1, item.Status);
        var partition = item.Spec.UpdateStrategy.RollingUpdate?.Partition ?? 0;
        var isUpdated = item.Spec.UpdateStrategy.Type == "OnDelete"
            || (partition > 0 ? status.UpdatedReplicas >= wanted - partition : status.UpdateRevision == status.CurrentRevision);
        var isComplete = IsSeen(item, status.ObservedGeneration) && status.ReadyReplicas >= wanted && isUpdated;
        return new(item.Kind, ObjectKey.Of(item), wanted, status.UpdatedReplicas, status.ReadyReplicas, status.AvailableReplicas, isComplete);
    }

    private static RolloutProgress Of(DaemonSet item)
    {
        var status = item.Status;
        var wanted = status.DesiredNumberScheduled;
        var isUpdated = item.Spec.UpdateStrategy.Type == "OnDelete" || status.UpdatedNumberScheduled >= wanted;
        var isComplete = IsSeen(item, status.ObservedGeneration) && isUpdated && status.NumberAvailable >= wanted;
        return new(item.Kind, ObjectKey.Of(item), wanted, status.UpdatedNumberScheduled, status.NumberReady, status.NumberAvailable, isComplete);
    }

    private static bool IsSeen(IApiObject item, long? observed) => observed >= item.Metadata.Generation;
}
