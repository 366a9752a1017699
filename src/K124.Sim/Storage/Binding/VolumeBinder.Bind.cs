using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Storage.Migration;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Binding;

public sealed partial class VolumeBinder
{
    /// <summary>Writes a reservation to the API: first the volumes with their claims, then the claims with their node.</summary>
    /// <param name="pod">Namespace and name of the pod.</param>
    /// <param name="nodeName">The node that the volumes were reserved for.</param>
    /// <param name="reserved">What <see cref="AssumePodVolumes"/> reserved.</param>
    /// <param name="update">Writes one object. What it stores has to be handed to <see cref="Apply"/> like any other change of the API.</param>
    /// <returns>What was written. At the first refusal writing ends, and what was not written is no longer reserved.</returns>
    public VolumeBindingAttempt BindPodVolumes(ObjectKey pod, string nodeName, PodVolumes reserved, Func<IApiObject, VolumeWrite> update)
    {
        ArgumentNullException.ThrowIfNull(nodeName);
        ArgumentNullException.ThrowIfNull(reserved);
        ArgumentNullException.ThrowIfNull(update);
        var bindings = reserved.StaticBindings.ToArray();
        var provisions = reserved.DynamicProvisions.ToArray();
        var writes = ImmutableArray.CreateBuilder<IApiObject>();
        for (var i = 0; i < bindings.Length; i++)
        {
            var write = update(bindings[i].Volume);
            if (write.Stored is not PersistentVolume stored)
            {
                RevertAssumedPodVolumes(new([.. bindings[i..]], [.. provisions]));
                return new(pod, nodeName, reserved, writes.ToImmutable(), write.Error ?? "the volume was not stored");
            }

            bindings[i] = bindings[i] with { Volume = stored };
            writes.Add(stored);
        }

        for (var i = 0; i < provisions.Length; i++)
        {
            var write = update(provisions[i]);
            if (write.Stored is not PersistentVolumeClaim stored)
            {
                RevertAssumedPodVolumes(new([], [.. provisions[i..]]));
                return new(pod, nodeName, reserved, writes.ToImmutable(), write.Error ?? "the claim was not stored");
            }

            provisions[i] = stored;
            writes.Add(stored);
        }

        return new(pod, nodeName, new([.. bindings], [.. provisions]), writes.ToImmutable(), null);
    }

    /// <summary>Looks whether the controllers have finished what <see cref="BindPodVolumes"/> began. 1.24 looks once a second, for ten minutes.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="podExists">Whether the pod is still there.</param>
    /// <returns>Whether it is complete, has failed, or has to be waited for.</returns>
    /// <remarks>The error is what follows <c>binding volumes: </c> in 1.24's messages.</remarks>
    public VolumeBindingState CheckBindings(VolumeBindingAttempt attempt, bool podExists = true)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var row = _nodes.Find(attempt.NodeName);
        if (row < 0)
        {
            return Failed($"failed to get node \"{attempt.NodeName}\": node \"{attempt.NodeName}\" not found");
        }

        if (!podExists)
        {
            return Failed($"pod does not exist any more: pod \"{attempt.Pod.Name}\" not found");
        }

        foreach (var binding in attempt.Volumes.StaticBindings)
        {
            if (Check(binding, row) is { IsComplete: false } state)
            {
                return state;
            }
        }

        foreach (var claim in attempt.Volumes.DynamicProvisions)
        {
            if (Check(claim, row) is { IsComplete: false } state)
            {
                return state;
            }
        }

        return new(true, null);
    }

    private VolumeBindingState Check(BindingInfo written, int row)
    {
        var name = written.Volume.Metadata.Name;
        if (_volumes.Api(new("", name)) is not { } volume)
        {
            return Failed($"failed to check binding: could not find v1.PersistentVolume \"{name}\"");
        }

        var key = ObjectKey.Of(written.Claim);
        if (_claims.Api(key) is not { } claim)
        {
            return Failed($"failed to check binding: could not find v1.PersistentVolumeClaim \"{key}\"");
        }

        if (IsOlder(volume, written.Volume))
        {
            return VolumeBindingState.Waiting;
        }

        if (AffinityConflict(volume, row, "failed to translate pv to csi: ") is { } conflict)
        {
            return Failed(conflict);
        }

        return volume.Spec.ClaimRef is not { Uid.Length: > 0 }
            ? Failed($"ClaimRef got reset for pv \"{name}\"")
            : new(Claims.IsFullyBound(claim), null);
    }

    private VolumeBindingState Check(PersistentVolumeClaim written, int row)
    {
        var key = ObjectKey.Of(written);
        if (_claims.Api(key) is not { } claim)
        {
            return Failed($"failed to check provisioning pvc: could not find v1.PersistentVolumeClaim \"{key}\"");
        }

        if (IsOlder(claim, written))
        {
            return VolumeBindingState.Waiting;
        }

        if (claim.Metadata.Annotations.Count == 0)
        {
            return Failed($"selectedNode annotation reset for PVC \"{key.Name}\"");
        }

        if (!claim.Metadata.Annotations.TryGetValue(StorageAnnotations.SelectedNode, out var selected) || selected != _nodes[row]!.Metadata.Name)
        {
            return Failed($"provisioning failed for PVC \"{key.Name}\"");
        }

        if (claim.Spec.VolumeName.Length > 0)
        {
            if (_volumes.Api(new("", claim.Spec.VolumeName)) is not { } volume)
            {
                return VolumeBindingState.Waiting;
            }

            if (AffinityConflict(volume, row, untranslated: "") is { } conflict)
            {
                return Failed(conflict);
            }
        }

        return new(Claims.IsFullyBound(claim), null);
    }

    /// <summary>Why a volume is not reached from a node.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="row">The node.</param>
    /// <param name="untranslated">What precedes the error of a volume that cannot be translated.</param>
    private string? AffinityConflict(PersistentVolume volume, int row, string untranslated)
    {
        var node = _nodes[row]!;
        if (CSITranslator.InTreePluginName(volume) is { } plugin && _migration.IsOnForVolumeAffinity(plugin, FindCSINode(node.Metadata.Name)))
        {
            var translation = CSITranslator.TranslateInTreePVToCSI(volume);
            if (!translation.Succeeded)
            {
                return $"{untranslated}could not translate pv: {translation.Error}";
            }

            volume = translation.Value;
        }

        return NodeTopology.Conflict(volume.Spec.NodeAffinity, node.Metadata.Labels) is { } reason
            ? $"pv \"{volume.Metadata.Name}\" node affinity doesn't match node \"{node.Metadata.Name}\": {reason}"
            : null;
    }

    private static VolumeBindingState Failed(string error) => new(false, error);

    private static bool IsOlder<T>(T item, T written)
        where T : class, IApiObject =>
        AssumeCache<T>.VersionOf(item) is { } version && AssumeCache<T>.VersionOf(written) is { } writtenVersion && version < writtenVersion;
}
