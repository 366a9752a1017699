using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

/// <summary>Takes the status of an object with what travels along in its metadata, and leaves the rest as it is stored.</summary>
internal static class StatusWrites
{
    /// <summary>The stored object with the status that is written; null if the kind has no status.</summary>
    public static IApiObject? With(IApiObject stored, IApiObject written)
    {
        var metadata = Travelling(stored, written.Metadata);
        return (stored, written) switch
        {
            (Pod old, Pod item) => old with { Metadata = metadata, Status = item.Status },
            (Node old, Node item) => old with { Metadata = metadata, Status = item.Status },
            (Namespace old, Namespace item) => old with { Metadata = metadata, Status = item.Status },
            (Service old, Service item) => old with { Metadata = metadata, Status = item.Status },
            (ReplicationController old, ReplicationController item) => old with { Metadata = metadata, Status = item.Status },
            (ReplicaSet old, ReplicaSet item) => old with { Metadata = metadata, Status = item.Status },
            (Deployment old, Deployment item) => old with { Metadata = metadata, Status = item.Status },
            (StatefulSet old, StatefulSet item) => old with { Metadata = metadata, Status = item.Status },
            (DaemonSet old, DaemonSet item) => old with { Metadata = metadata, Status = item.Status },
            (Job old, Job item) => old with { Metadata = metadata, Status = item.Status },
            (CronJob old, CronJob item) => old with { Metadata = metadata, Status = item.Status },
            (PodDisruptionBudget old, PodDisruptionBudget item) => old with { Metadata = metadata, Status = item.Status },
            (PersistentVolume old, PersistentVolume item) => old with { Metadata = metadata, Status = item.Status },
            (PersistentVolumeClaim old, PersistentVolumeClaim item) => old with { Metadata = metadata, Status = item.Status },
            (HorizontalPodAutoscaler old, HorizontalPodAutoscaler item) => old with { Metadata = metadata, Status = item.Status },
            (ResourceQuota old, ResourceQuota item) => old with { Metadata = metadata, Status = item.Status },
            (CertificateSigningRequest old, CertificateSigningRequest item) => old with { Metadata = metadata, Status = item.Status },
            (VolumeAttachment old, VolumeAttachment item) => old with { Metadata = metadata, Status = item.Status },
            _ => null,
        };
    }

    /// <summary>Labels, annotations, finalizers and owners come with a status; a Deployment keeps its labels, a pod its owners.</summary>
    private static ObjectMeta Travelling(IApiObject stored, ObjectMeta written)
    {
        var old = stored.Metadata;
        var labels = stored is Deployment ? old.Labels : written.Labels;
        var owners = stored is Pod ? old.OwnerReferences : written.OwnerReferences;
        return old.Labels.Equals(labels) && old.Annotations.Equals(written.Annotations)
            && old.Finalizers.AsSpan().SequenceEqual(written.Finalizers.AsSpan()) && old.OwnerReferences.AsSpan().SequenceEqual(owners.AsSpan())
            ? old
            : old with { Labels = labels, Annotations = written.Annotations, Finalizers = written.Finalizers, OwnerReferences = owners };
    }
}
