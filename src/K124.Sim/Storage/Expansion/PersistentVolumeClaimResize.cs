using K124.Sim.Model;
using K124.Sim.Storage.Volumes;
using K124.Sim.Text;

namespace K124.Sim.Storage.Expansion;

/// <summary>The admission plugin of this name: which claims may grow.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/admission/storage/persistentvolume/resize.</remarks>
public static class PersistentVolumeClaimResize
{
    /// <summary>Judges the update of a claim.</summary>
    /// <param name="stored">The claim as it is.</param>
    /// <param name="update">The claim as sent.</param>
    /// <param name="findClass">Finds a class by its name; null if there is none.</param>
    /// <returns>Why the update is forbidden; null if it is not.</returns>
    public static string? Validate(PersistentVolumeClaim stored, PersistentVolumeClaim update, Func<string, StorageClass?> findClass)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(update);
        ArgumentNullException.ThrowIfNull(findClass);
        if (update.Spec.Resources.Requests.Storage() <= stored.Spec.Resources.Requests.Storage())
        {
            return null;
        }

        if (stored.Status.Phase != ClaimPhases.Bound)
        {
            return Forbidden(update, "Only bound persistent volume claims can be expanded");
        }

        var className = Claims.ClassOf(update);
        return className.Length > 0 && className == Claims.ClassOf(stored) && findClass(className)?.AllowVolumeExpansion == true
            ? null
            : Forbidden(update, "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize");
    }

    private static string Forbidden(PersistentVolumeClaim claim, string reason) =>
        $"persistentvolumeclaims {GoText.Quote(claim.Metadata.Name)} is forbidden: {reason}";
}
