using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>What claims and volumes say of their class and their binding.</summary>
/// <remarks>Kubernetes 1.24 component-helpers/storage/volume.</remarks>
internal static class Claims
{
    public const string StorageResource = "storage";
    public const string WaitForFirstConsumer = nameof(WaitForFirstConsumer);

    /// <summary>Name of a claim's class: the older annotation if it is there, even if empty, else the field.</summary>
    public static string ClassOf(PersistentVolumeClaim claim) =>
        claim.Metadata.Annotations.TryGetValue(StorageAnnotations.BetaStorageClass, out var name) ? name : claim.Spec.StorageClassName ?? "";

    /// <summary>Name of a volume's class, likewise.</summary>
    public static string ClassOf(PersistentVolume volume) =>
        volume.Metadata.Annotations.TryGetValue(StorageAnnotations.BetaStorageClass, out var name) ? name : volume.Spec.StorageClassName;

    public static bool IsFullyBound(PersistentVolumeClaim claim) =>
        claim.Spec.VolumeName.Length > 0 && claim.Metadata.Annotations.ContainsKey(StorageAnnotations.BindCompleted);

    /// <summary>Whether a volume is bound to a claim, or reserved for it.</summary>
    public static bool IsBoundTo(PersistentVolume volume, PersistentVolumeClaim claim) =>
        volume.Spec.ClaimRef is { } reference
        && reference.Name == claim.Metadata.Name
        && reference.Namespace == claim.Metadata.Namespace
        && (reference.Uid.Length == 0 || reference.Uid == claim.Metadata.Uid);

    public static Quantity CapacityOf(PersistentVolume volume) => volume.Spec.Capacity.TryGetValue(StorageResource, out var capacity) ? capacity : default;

    /// <summary>Name of the claim behind a pod's volume; null if there is none.</summary>
    public static string? NameOf(Pod pod, Volume volume) =>
        volume.PersistentVolumeClaim is { } source ? source.ClaimName
        : volume.Ephemeral is not null ? EphemeralNameOf(pod, volume)
        : null;

    public static string EphemeralNameOf(Pod pod, Volume volume) => $"{pod.Metadata.Name}-{volume.Name}";

    /// <summary>Why a claim cannot serve an ephemeral volume of a pod: the pod must control it.</summary>
    public static string? OwnershipError(Pod pod, PersistentVolumeClaim claim)
    {
        foreach (var owner in claim.Metadata.OwnerReferences)
        {
            if (owner.Controller == true && owner.Uid == pod.Metadata.Uid && claim.Metadata.Namespace == pod.Metadata.Namespace)
            {
                return null;
            }
        }

        return $"PVC {ObjectKey.Of(claim)} was not created for pod {ObjectKey.Of(pod)} (pod is not owner)";
    }
}
