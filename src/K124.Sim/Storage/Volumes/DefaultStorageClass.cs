using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Storage.Volumes;

/// <summary>The admission plugin of this name: gives claims that name no class the default one.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/admission/storage/storageclass/setdefault.</remarks>
public static class DefaultStorageClass
{
    private const string Annotation = "storageclass.kubernetes.io/is-default-class";
    private const string BetaAnnotation = "storageclass.beta.kubernetes.io/is-default-class";

    /// <summary>Whether a class is marked as the default.</summary>
    /// <param name="storageClass">The class.</param>
    /// <returns>True if it is, under either key.</returns>
    public static bool IsDefault(StorageClass storageClass)
    {
        ArgumentNullException.ThrowIfNull(storageClass);
        var annotations = storageClass.Metadata.Annotations;
        return annotations.GetValueOrDefault(Annotation) == "true" || annotations.GetValueOrDefault(BetaAnnotation) == "true";
    }

    /// <summary>Looks at a claim that is to be created.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="classes">The classes of the cluster.</param>
    /// <returns>The claim, with the default class if it names none and there is one; or why it is refused: there are several.</returns>
    public static ClaimAdmission Admit(PersistentVolumeClaim claim, IEnumerable<StorageClass> classes)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(classes);
        if (claim.Spec.StorageClassName is not null || claim.Metadata.Annotations.ContainsKey(StorageAnnotations.BetaStorageClass))
        {
            return new(claim, null);
        }

        StorageClass[] defaults = [.. classes.Where(IsDefault)];
        return defaults.Length switch
        {
            0 => new(claim, null),
            1 => new(claim with { Spec = claim.Spec with { StorageClassName = defaults[0].Metadata.Name } }, null),
            var count => new(
                null,
                $"persistentvolumeclaims {GoText.Quote(claim.Metadata.Name)} is forbidden: Internal error occurred: {count} default StorageClasses were found"),
        };
    }
}
