using K124.Sim.Model;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>Volumes that a pod names itself and that plugins look at.</summary>
internal static class InlineVolumes
{
    /// <summary>Whether a volume counts for conflicts between pods or for limits of nodes.</summary>
    public static bool Count(Volume volume) =>
        CanConflict(volume) || volume.AzureDisk is not null || volume.Cinder is not null;

    /// <summary>Whether a volume can be of a kind that two pods on a node cannot share.</summary>
    public static bool CanConflict(Volume volume) =>
        volume.GcePersistentDisk is not null || volume.AwsElasticBlockStore is not null || volume.Iscsi is not null || volume.Rbd is not null;
}
