using K124.Sim.Model;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>The volume plugins of the baseline: attach limits, binding and zones, looked at anew for every node.</summary>
/// <remarks>It knows what the workloads have: claims, CSI volumes, and EBS volumes of the in-tree plugin.</remarks>
internal sealed class PlainVolumes
{
    private readonly ReferenceVolumes _volumes = new();

    public PlainVolumes(Cluster cluster)
    {
        foreach (var item in cluster.Objects.Where(static item => item is Node or PersistentVolume or PersistentVolumeClaim or StorageClass or CSIDriver or CSINode or CSIStorageCapacity))
        {
            _volumes.Apply(item);
        }
    }

    /// <summary>Takes in a node that has come.</summary>
    public void Apply(Node node) => _volumes.Apply(node);

    public ReferenceStatus? Filter(Pod pod, ReferenceNode node)
    {
        if (!HasClaims(pod))
        {
            return null;
        }

        if (Exceeds(pod, node))
        {
            return new("NodeVolumeLimits", ReferenceAttempt.Unschedulable, ["node(s) exceed max volume count"]);
        }

        if (_volumes.Find(pod, node.Name).Reasons is { Count: > 0 } reasons)
        {
            return new("VolumeBinding", ReferenceAttempt.Uau, reasons);
        }

        return _volumes.ZoneConflict(pod, node.Name) is { } conflict ? new("VolumeZone", ReferenceAttempt.Uau, [conflict]) : null;
    }

    public void Reserve(Pod pod, string nodeName)
    {
        if (HasClaims(pod))
        {
            _volumes.Reserve(pod, nodeName);
        }
    }

    public void Unreserve(ObjectKey pod) => _volumes.Revert(pod.Name);

    private bool Exceeds(Pod pod, ReferenceNode node)
    {
        var csiNode = _volumes.CSINodes.GetValueOrDefault(node.Name);
        var added = Attachments(pod, csiNode).ToHashSet();
        if (added.Count == 0)
        {
            return false;
        }

        var attached = node.Pods.SelectMany(other => Attachments(other.Pod, csiNode)).ToHashSet();
        return added.Select(static volume => volume.Driver).Distinct().Any(driver => LimitOf(driver, csiNode) is { } limit
            && added.Concat(attached).Distinct().Count(volume => volume.Driver == driver) > limit);
    }

    /// <summary>What a pod attaches: by the in-tree plugin, or by its CSI driver where it has been migrated.</summary>
    private IEnumerable<(string Driver, string Handle)> Attachments(Pod pod, CSINode? csiNode)
    {
        foreach (var claimName in pod.Spec.Volumes.Select(static volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>())
        {
            var claim = _volumes.Claims[claimName].Api;
            if (claim.Spec.VolumeName.Length == 0)
            {
                yield return (_volumes.Classes[claim.Spec.StorageClassName!].Provisioner, claimName);
            }
            else if (_volumes.Volumes[claim.Spec.VolumeName].Api.Spec is { Csi: { } csi })
            {
                yield return (csi.Driver, csi.VolumeHandle);
            }
            else if (_volumes.Volumes[claim.Spec.VolumeName].Api.Spec.AwsElasticBlockStore is { } disk)
            {
                yield return (csiNode?.Metadata.Annotations.Count > 0 ? OwnVolumes.Driver : OwnVolumes.InTreePlugin, disk.VolumeID);
            }
        }
    }

    private static int? LimitOf(string driver, CSINode? csiNode) =>
        driver == OwnVolumes.InTreePlugin ? OwnVolumes.Limit : csiNode?.Spec.Drivers.FirstOrDefault(entry => entry.Name == driver)?.Allocatable?.Count;

    private static bool HasClaims(Pod pod) => pod.Spec.Volumes.Any(static volume => volume.PersistentVolumeClaim is not null);
}
