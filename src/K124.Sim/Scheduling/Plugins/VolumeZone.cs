using K124.Sim.Model;
using K124.Sim.Scheduling.Internal;
using K124.Sim.Storage.Internal;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods to nodes in the zones and regions that their bound volumes are labelled with.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/volumezone.</remarks>
internal sealed class VolumeZone(NodeTable nodes, VolumeState volumes) : IFilterPlugin
{
    private const string Separator = "__";

    private static readonly string[] ZoneKeys =
    [
        "failure-domain.beta.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone",
        "topology.kubernetes.io/region",
        "topology.kubernetes.io/zone",
    ];

    private static readonly PluginStatus Conflict =
        new(nameof(VolumeZone), StatusCode.UnschedulableAndUnresolvable, "node(s) had no available volume zone");

    public string Name => nameof(VolumeZone);

    public bool TryFollowNode(PodClass pod, int row) => pod.Volumes is null;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.Anything;

    // The claims of a shared shape are unbound and wait for a node, which this plugin leaves alone.
    public RowFilter? RowFilterFor(PodClass pod) => pod.Volumes is null ? null : new AnyRowFilter(this, pod);

    public bool IsActive(PodClass pod) => pod.Volumes is { IsShared: false, HasClaims: true };

    public PluginStatus? Filter(PodClass pod, int row)
    {
        var labels = nodes.Nodes[row].Metadata.Labels;
        if (!IsActive(pod) || !HasZone(labels))
        {
            return null;
        }

        foreach (var volume in pod.Volumes!.Volumes)
        {
            if (volume.PersistentVolumeClaim is { } source && Check(new(pod.Sample.Metadata.Namespace, source.ClaimName), labels) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    private PluginStatus? Check(ObjectKey key, StringMap<string> nodeLabels)
    {
        if (volumes.Binder.ApiClaim(key) is not { } claim)
        {
            return Objection($"persistentvolumeclaim \"{key.Name}\" not found");
        }

        if (claim.Spec.VolumeName.Length == 0)
        {
            return CheckUnbound(claim);
        }

        if (volumes.Binder.ApiVolume(claim.Spec.VolumeName) is not { } volume)
        {
            return Objection($"persistentvolume \"{claim.Spec.VolumeName}\" not found");
        }

        foreach (var zoneKey in ZoneKeys)
        {
            if (volume.Metadata.Labels.TryGetValue(zoneKey, out var zones)
                && !IsIn(nodeLabels.TryGetValue(zoneKey, out var zone) ? zone : "", zones))
            {
                return Conflict;
            }
        }

        return null;
    }

    private PluginStatus? CheckUnbound(PersistentVolumeClaim claim)
    {
        var className = Claims.ClassOf(claim);
        if (className.Length == 0)
        {
            return Objection("PersistentVolumeClaim had no pv name and storageClass name");
        }

        if (volumes.Binder.FindClass(className) is not { } storageClass)
        {
            return Objection($"storageclass.storage.k8s.io \"{className}\" not found");
        }

        return storageClass.VolumeBindingMode switch
        {
            null => Objection($"VolumeBindingMode not set for StorageClass \"{className}\""),
            Claims.WaitForFirstConsumer => null,
            _ => Objection("PersistentVolume had no name"),
        };
    }

    private PluginStatus Objection(string reason) => new(Name, StatusCode.UnschedulableAndUnresolvable, reason);

    private static bool HasZone(StringMap<string> labels)
    {
        foreach (var key in ZoneKeys)
        {
            if (labels.ContainsKey(key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a zone is among those of a label; a label with an empty part is passed over.</summary>
    private static bool IsIn(string zone, string zones)
    {
        string[] parts = [.. zones.Split(Separator).Select(static part => part.Trim())];
        return parts.Contains("", StringComparer.Ordinal) || parts.Contains(zone, StringComparer.Ordinal);
    }
}
