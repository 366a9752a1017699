using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Volumes;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods off nodes where another pod has a disk that they cannot share; with the ReadWriteOncePod gate, also from claims of that mode in use.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/volumerestrictions, KEP-2485.</remarks>
internal sealed class VolumeRestrictions(VolumeState volumes, bool honoursReadWriteOncePod) : IPreFilterPlugin, IFilterPlugin
{
    private static readonly PluginStatus Conflict = new(nameof(VolumeRestrictions), StatusCode.Unschedulable, "node(s) had no available disk");

    private static readonly PluginStatus InUse = new(
        nameof(VolumeRestrictions),
        StatusCode.UnschedulableAndUnresolvable,
        "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode");

    public string Name => nameof(VolumeRestrictions);

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodePods;

    public bool IsSettled(PodClass pod) => pod.Volumes is null or { IsShared: true };

    public PreFilterResult PreFilter(PodClass pod)
    {
        // The claims of a shared shape are there, and are not of that mode if pods may use them.
        if (!honoursReadWriteOncePod || pod.Volumes is not { IsShared: false, HasClaims: true })
        {
            return PreFilterResult.AllNodes;
        }

        var isInUse = false;
        foreach (var volume in pod.Volumes.Volumes)
        {
            if (volume.PersistentVolumeClaim is not { ClaimName: var name })
            {
                continue;
            }

            var key = new ObjectKey(pod.Sample.Metadata.Namespace, name);
            if (volumes.Binder.ApiClaim(key) is not { } claim)
            {
                return new(new(Name, StatusCode.UnschedulableAndUnresolvable, $"persistentvolumeclaim \"{name}\" not found"), null);
            }

            isInUse |= claim.Spec.AccessModes.Contains(AccessModes.ReadWriteOncePod) && volumes.Usage.IsNamed(key);
        }

        return isInUse ? new(InUse, null) : PreFilterResult.AllNodes;
    }

    public RowFilter? RowFilterFor(PodClass pod) => pod.Volumes is null ? null : new AnyRowFilter(this, pod);

    public bool IsActive(PodClass pod)
    {
        if (pod.Volumes is { } shape)
        {
            foreach (var volume in shape.Volumes)
            {
                if (InlineVolumes.CanConflict(volume))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public PluginStatus? Filter(PodClass pod, int row)
    {
        if (!IsActive(pod))
        {
            return null;
        }

        foreach (var volume in pod.Volumes!.Volumes)
        {
            foreach (var other in volumes.Usage.Pods(row))
            {
                foreach (var otherVolume in other.Spec.Volumes)
                {
                    if (Conflicts(volume, otherVolume))
                    {
                        return Conflict;
                    }
                }
            }
        }

        return null;
    }

    private static bool Conflicts(Volume left, Volume right) =>
        (left.GcePersistentDisk is { } gce && right.GcePersistentDisk is { } otherGce
            && gce.PdName == otherGce.PdName && !(gce.ReadOnly && otherGce.ReadOnly))
        || (left.AwsElasticBlockStore is { } ebs && right.AwsElasticBlockStore is { } otherEbs
            && ebs.VolumeID == otherEbs.VolumeID)
        || (left.Iscsi is { } iscsi && right.Iscsi is { } otherIscsi
            && iscsi.Iqn == otherIscsi.Iqn && !(iscsi.ReadOnly && otherIscsi.ReadOnly))
        || (left.Rbd is { } rbd && right.Rbd is { } otherRbd
            && rbd.Monitors.Intersect(otherRbd.Monitors, StringComparer.Ordinal).Any()
            && rbd.Pool == otherRbd.Pool && rbd.Image == otherRbd.Image && !(rbd.ReadOnly && otherRbd.ReadOnly));
}
