using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Storage.Migration;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Binding;

public sealed partial class VolumeBinder
{
    internal const string UnboundImmediate = "pod has unbound immediate PersistentVolumeClaims";

    /// <summary>Sorts the claims of a pod, and checks that they can be used at all.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>The claims as they are assumed to be, or why no node can take the pod.</returns>
    public PodVolumeClaims GetPodVolumes(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        var hasClaims = false;
        foreach (var volume in pod.Spec.Volumes)
        {
            if (Claims.NameOf(pod, volume) is { } name)
            {
                hasClaims = true;
                if (Rejection(pod, volume, name) is { } rejection)
                {
                    return new() { HasClaims = true, Rejection = rejection };
                }
            }
        }

        return hasClaims ? Sort(pod) : PodVolumeClaims.None;
    }

    private string? Rejection(Pod pod, Volume volume, string name)
    {
        var isEphemeral = volume.PersistentVolumeClaim is null;
        if (_claims.Api(new(pod.Metadata.Namespace, name)) is not { } claim)
        {
            return isEphemeral
                ? $"waiting for ephemeral volume controller to create the persistentvolumeclaim \"{name}\""
                : $"persistentvolumeclaim \"{name}\" not found";
        }

        if (claim.Status.Phase == "Lost")
        {
            return $"persistentvolumeclaim \"{name}\" bound to non-existent persistentvolume \"{claim.Spec.VolumeName}\"";
        }

        if (claim.Metadata.DeletionTimestamp is not null)
        {
            return $"persistentvolumeclaim \"{name}\" is being deleted";
        }

        return isEphemeral ? Claims.OwnershipError(pod, claim) : null;
    }

    private PodVolumeClaims Sort(Pod pod)
    {
        var bound = ImmutableArray.CreateBuilder<PersistentVolumeClaim>();
        var toBind = ImmutableArray.CreateBuilder<PersistentVolumeClaim>();
        var immediate = ImmutableArray.CreateBuilder<PersistentVolumeClaim>();
        foreach (var volume in pod.Spec.Volumes)
        {
            if (Claims.NameOf(pod, volume) is not { } name)
            {
                continue;
            }

            var claim = _claims.Latest(new(pod.Metadata.Namespace, name))!;
            if (Claims.IsFullyBound(claim))
            {
                bound.Add(claim);
                continue;
            }

            if (IsDelayed(claim, out var error))
            {
                (claim.Spec.VolumeName.Length == 0 ? toBind : immediate).Add(claim);
            }
            else if (error is null)
            {
                immediate.Add(claim);
            }
            else
            {
                return new() { HasClaims = true, Error = error };
            }
        }

        return new()
        {
            HasClaims = true,
            BoundClaims = bound.ToImmutable(),
            ClaimsToBind = toBind.ToImmutable(),
            UnboundClaimsImmediate = immediate.ToImmutable(),
            Rejection = immediate.Count > 0 ? UnboundImmediate : null,
        };
    }

    /// <summary>Whether binding a claim waits for a pod.</summary>
    private bool IsDelayed(PersistentVolumeClaim claim, out string? error)
    {
        error = null;
        var name = Claims.ClassOf(claim);
        if (name.Length == 0 || FindClass(name) is not { } storageClass)
        {
            return false;
        }

        if (storageClass.VolumeBindingMode is not { } mode)
        {
            error = $"VolumeBindingMode not set for StorageClass \"{name}\"";
            return false;
        }

        return mode == Claims.WaitForFirstConsumer;
    }

    /// <summary>Works out what is the same on every node.</summary>
    internal ClaimSet Resolve(PodVolumeClaims claims) => claims.BoundClaims.IsEmpty && claims.ClaimsToBind.IsEmpty
        ? ClaimSet.None
        : new([.. claims.BoundClaims.Select(Resolve)], [.. claims.ClaimsToBind.Select(Pending)]);

    private BoundVolume Resolve(PersistentVolumeClaim claim)
    {
        var volume = _volumes.Latest(new("", claim.Spec.VolumeName));
        return new(claim, volume, volume is null ? null : CSITranslator.InTreePluginName(volume));
    }

    private PendingClaim Pending(PersistentVolumeClaim claim) => new(
        claim,
        _requests.Of(claim),
        claim.Metadata.Annotations.TryGetValue(StorageAnnotations.SelectedNode, out var node) ? node : null,
        [.. VolumesNaming(ObjectKey.Of(claim)).Where(volume => Claims.IsBoundTo(volume, claim))]);
}
