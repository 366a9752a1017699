using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

/// <summary>Takes the status of one object, and leaves the rest as it is stored.</summary>
internal static class StatusWrites
{
    /// <summary>The stored object with the status that is written; null if the kind has no status.</summary>
    public static IApiObject? With(IApiObject stored, IApiObject written) => (stored, written) switch
    {
        (Pod old, Pod item) => old with { Status = item.Status },
        (Node old, Node item) => old with { Status = item.Status },
        (Namespace old, Namespace item) => old with { Status = item.Status },
        (Service old, Service item) => old with { Status = item.Status },
        (ReplicationController old, ReplicationController item) => old with { Status = item.Status },
        (ReplicaSet old, ReplicaSet item) => old with { Status = item.Status },
        (Deployment old, Deployment item) => old with { Status = item.Status },
        (StatefulSet old, StatefulSet item) => old with { Status = item.Status },
        (DaemonSet old, DaemonSet item) => old with { Status = item.Status },
        (Job old, Job item) => old with { Status = item.Status },
        (CronJob old, CronJob item) => old with { Status = item.Status },
        (PodDisruptionBudget old, PodDisruptionBudget item) => old with { Status = item.Status },
        (PersistentVolume old, PersistentVolume item) => old with { Status = item.Status },
        (PersistentVolumeClaim old, PersistentVolumeClaim item) => old with { Status = item.Status },
        (HorizontalPodAutoscaler old, HorizontalPodAutoscaler item) => old with { Status = item.Status },
        (ResourceQuota old, ResourceQuota item) => old with { Status = item.Status },
        (VolumeAttachment old, VolumeAttachment item) => old with { Status = item.Status },
        _ => null,
    };
}
