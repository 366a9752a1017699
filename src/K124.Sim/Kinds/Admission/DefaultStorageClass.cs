using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>Gives claims without a class the default one.</summary>
internal sealed class DefaultStorageClass : AdmissionPlugin
{
    /// <inheritdoc/>
    public override string Name => "DefaultStorageClass";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        if (request.Operation != AdmissionOperation.Create || !request.IsFor("persistentvolumeclaims") || request.Object is not { } claim
            || claim.Object("metadata", "annotations").Has("volume.beta.kubernetes.io/storage-class") || claim.Object("spec").Has("storageClassName"))
        {
            return null;
        }

        var names = DefaultClasses.Find(
            request.Context.Objects, "storage.k8s.io", "storageclasses",
            "storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");
        if (names.Count > 1)
        {
            return request.Forbidden($"Internal error occurred: {names.Count} default StorageClasses were found");
        }

        if (names.Count == 1)
        {
            claim.Ensure("spec")["storageClassName"] = names[0];
        }

        return null;
    }
}
