using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods off nodes that cannot attach their volumes of one in-tree plugin beside those that are there.</summary>
/// <remarks>Left to NodeVolumeLimits on nodes that have migrated the plugin. Kubernetes 1.24 pkg/scheduler/framework/plugins/nodevolumelimits (non_csi).</remarks>
internal abstract class InTreeVolumeLimits(
    string name, NodeTable nodes, VolumeState volumes, int? maxVolumes, string pluginName, string resource, int index)
    : VolumeLimitsPlugin(name, nodes, volumes, index)
{
    protected override bool ChecksWithoutNew => true;

    protected override ImmutableDictionary<string, long> LimitsOf(int row)
    {
        if (Binder.Migration.IsOnForVolumeLimits(pluginName, CSINodeOf(row)))
        {
            return [];
        }

        var node = Nodes.Nodes[row];
        var limit = node.Status.Allocatable.TryGetValue(resource, out var allocatable) ? allocatable.Value() : maxVolumes ?? DefaultLimit(node);
        return ImmutableDictionary<string, long>.Empty.Add(resource, limit);
    }

    /// <summary>Volumes that a node can attach if nothing says otherwise.</summary>
    protected abstract int DefaultLimit(Node node);

    /// <summary>Identity of a volume that a pod names itself; null if it is of another kind.</summary>
    protected abstract string? IdOf(Volume volume);

    /// <summary>Identity of the volume behind a claim; null if it is of another kind.</summary>
    protected abstract string? IdOf(PersistentVolumeSpec volume);

    protected override string? Resolve(Pod pod, Volume volume, bool isNew, List<CountedVolume> found)
    {
        if (IdOf(volume) is { } inlineId)
        {
            found.Add(new(new(resource, null, inlineId), null));
            return null;
        }

        if (Claims.NameOf(pod, volume) is not { } claimName)
        {
            return null;
        }

        if (claimName.Length == 0)
        {
            return "PersistentVolumeClaim had no name";
        }

        var key = new ObjectKey(pod.Metadata.Namespace, claimName);
        if (Binder.ApiClaim(key) is not { } claim)
        {
            return null;
        }

        if (volume.PersistentVolumeClaim is null && Claims.OwnershipError(pod, claim) is { } error)
        {
            return error;
        }

        if (claim.Spec.VolumeName.Length == 0 || Binder.ApiVolume(claim.Spec.VolumeName) is not { } bound)
        {
            AddUnbound(claim.Spec.StorageClassName, key, found);
        }
        else if (IdOf(bound.Spec) is { } id)
        {
            found.Add(new(new(resource, null, id), null));
        }

        return null;
    }

    // The claims of a shared shape have no annotation with a class, so that the field says it.
    protected override void ResolveRequest(ClaimRequest request, ObjectKey standIn, List<CountedVolume> found) =>
        AddUnbound(request.ClassName, standIn, found);

    protected override void ResolveBound(VolumeTerms terms, VolumeNames? attached, ObjectKey standIn, List<CountedVolume> found)
    {
        if (terms.CountedPlugin == pluginName)
        {
            found.Add(new(attached is null ? new(resource, standIn.Namespace, standIn.Name) : new(resource, null, attached.Id), null));
        }
    }

    private void AddUnbound(string? className, ObjectKey claim, List<CountedVolume> found)
    {
        if (className is not null && IsProvisioner(className))
        {
            found.Add(new(new(resource, claim.Namespace, claim.Name), null));
        }
    }

    private bool IsProvisioner(string className) => Binder.FindClass(className)?.Provisioner == pluginName;
}
