using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Planning.Internal;

/// <summary>Binds the claims that the PV controller and provisioners would have bound before the scheduler looks.</summary>
internal static class BoundClaims
{
    private const int MostRounds = 8;

    public static Cluster Bind(Cluster cluster, ImmutableArray<string>.Builder notices)
    {
        PersistentVolumeClaim[] unbound = [.. cluster.PersistentVolumeClaims.Where(IsUnbound)];
        PersistentVolume[] fresh = [.. cluster.PersistentVolumes.Where(static volume => volume.Spec.ClaimRef is null && volume.Status.Phase is "" or "Pending")];
        if (unbound.Length == 0 && fresh.Length == 0)
        {
            return cluster;
        }

        var wanted = unbound.Select(ObjectKey.Of).ToHashSet();
        PersistentVolume[] free = [.. cluster.PersistentVolumes.Where(volume => volume.Spec.ClaimRef is not { } reference || wanted.Contains(new(reference.Namespace, reference.Name)))];
        var controller = new PersistentVolumeController(Cluster.Of([.. free, .. unbound.Select(WithUid), .. cluster.StorageClasses]));
        Settle(controller, [.. free.Select(static volume => VolumeSyncKey.Volume(volume.Metadata.Name)), .. unbound.Select(static claim => VolumeSyncKey.Claim(ObjectKey.Of(claim)))]);
        return WithProvisioned(cluster.WithAll(Changes(controller, unbound, free)), notices);
    }

    private static bool IsUnbound(PersistentVolumeClaim claim) => !claim.Metadata.Annotations.ContainsKey(StorageAnnotations.BindCompleted);

    // A claim that was written by hand has no uid, without which none can be told from its successor.
    private static PersistentVolumeClaim WithUid(PersistentVolumeClaim claim) =>
        claim.Metadata.Uid.Length > 0 ? claim : claim with { Metadata = claim.Metadata with { Uid = ObjectKey.Of(claim).ToString() } };

    private static void Settle(PersistentVolumeController controller, ImmutableArray<VolumeSyncKey> keys)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var changes = 0;
            foreach (var key in keys)
            {
                changes += controller.Sync(key).Changes.Length;
            }

            if (changes == 0)
            {
                return;
            }
        }
    }

    private static IEnumerable<IApiObject> Changes(PersistentVolumeController controller, PersistentVolumeClaim[] unbound, PersistentVolume[] free)
    {
        var bound = new HashSet<string>(StringComparer.Ordinal);
        foreach (var claim in unbound)
        {
            if (controller.FindClaim(ObjectKey.Of(claim)) is { Spec.VolumeName.Length: > 0 } now && !IsUnbound(now) && controller.FindVolume(now.Spec.VolumeName) is { } volume)
            {
                bound.Add(volume.Metadata.Name);
                yield return now with { Metadata = now.Metadata with { Uid = claim.Metadata.Uid } };
                yield return volume with { Spec = volume.Spec with { ClaimRef = volume.Spec.ClaimRef! with { Uid = claim.Metadata.Uid } } };
            }
        }

        foreach (var volume in free)
        {
            if (volume.Spec.ClaimRef is null && !bound.Contains(volume.Metadata.Name)
                && controller.FindVolume(volume.Metadata.Name) is { Status.Phase: "Available" } now && volume.Status.Phase != "Available")
            {
                yield return now;
            }
        }
    }

    /// <summary>A claim whose class does not wait for a pod gets its volume from the provisioner at once.</summary>
    private static Cluster WithProvisioned(Cluster cluster, ImmutableArray<string>.Builder notices)
    {
        var claims = new PlannedClaims(cluster);
        IApiObject[] provisioned = [.. cluster.PersistentVolumeClaims.Where(IsUnbound).SelectMany(claims.OfUnbound)];
        notices.AddRange(PlanNotices.ForProvisioned(claims.TakenAsProvisioned));
        return cluster.WithAll(provisioned);
    }
}
