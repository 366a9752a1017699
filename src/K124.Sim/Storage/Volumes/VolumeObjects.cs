using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>Small edits of claims and volumes.</summary>
internal static class VolumeObjects
{
    /// <summary>The amount of storage in a list of resources; 0 if it names none.</summary>
    public static Quantity Storage(this StringMap<Quantity> resources) => resources.TryGetValue(Claims.StorageResource, out var amount) ? amount : default;

    public static PersistentVolumeClaim WithAnnotation(this PersistentVolumeClaim claim, string key, string value) =>
        claim with { Metadata = claim.Metadata with { Annotations = claim.Metadata.Annotations.With(key, value) } };

    public static PersistentVolumeClaim WithoutAnnotation(this PersistentVolumeClaim claim, string key) =>
        claim with { Metadata = claim.Metadata with { Annotations = claim.Metadata.Annotations.Without(key) } };

    public static PersistentVolume WithAnnotation(this PersistentVolume volume, string key, string value) =>
        volume with { Metadata = volume.Metadata with { Annotations = volume.Metadata.Annotations.With(key, value) } };

    public static PersistentVolume WithoutAnnotation(this PersistentVolume volume, string key) =>
        volume with { Metadata = volume.Metadata with { Annotations = volume.Metadata.Annotations.Without(key) } };

    public static ObjectReference ReferenceTo(PersistentVolumeClaim claim) => new()
    {
        ApiVersion = claim.ApiVersion,
        Kind = claim.Kind,
        Namespace = claim.Metadata.Namespace,
        Name = claim.Metadata.Name,
        Uid = claim.Metadata.Uid,
        ResourceVersion = claim.Metadata.ResourceVersion,
    };
}
