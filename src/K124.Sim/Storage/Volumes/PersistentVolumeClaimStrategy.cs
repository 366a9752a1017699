using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Storage.Volumes;

/// <summary>What the API server makes of updates of claims, as far as size and binding go.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/core/persistentvolumeclaim, pkg/apis/core/validation.</remarks>
public static class PersistentVolumeClaimStrategy
{
    /// <summary>Judges the update of a claim.</summary>
    /// <param name="stored">The claim as it is.</param>
    /// <param name="update">The claim as sent; its status is not looked at.</param>
    /// <param name="gates">Feature gates, of which RecoverVolumeExpansionFailure counts; the defaults of 1.24 if null.</param>
    /// <returns>Why the update is refused; empty if it is not.</returns>
    public static ImmutableArray<FieldError> ValidateUpdate(PersistentVolumeClaim stored, PersistentVolumeClaim update, FeatureGates? gates = null)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(update);
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        var oldSize = stored.Spec.Resources.Requests.Storage();
        var newSize = update.Spec.Resources.Requests.Storage();
        if (!Allowed(stored, update).Equals(update.Spec))
        {
            errors.Add(Forbidden("spec", "spec is immutable after creation except resources.requests for bound claims"));
        }

        if (newSize < oldSize)
        {
            var canRecover = (gates ?? FeatureGates.Default).IsEnabled(StorageGates.RecoverVolumeExpansionFailure);
            if (!canRecover)
            {
                errors.Add(Forbidden("spec.resources.requests.storage", "field can not be less than previous value"));
            }
            else if (newSize <= stored.Status.Capacity.Storage())
            {
                errors.Add(Forbidden("spec.resources.requests.storage", "field can not be less than status.capacity"));
            }
        }

        return errors.ToImmutable();
    }

    /// <summary>Takes out of a status what the gates do not allow.</summary>
    /// <param name="stored">The claim as it is.</param>
    /// <param name="update">The claim with its new status.</param>
    /// <param name="gates">Feature gates, of which RecoverVolumeExpansionFailure counts; the defaults of 1.24 if null.</param>
    /// <returns>The claim as it is stored.</returns>
    public static PersistentVolumeClaim PrepareForStatusUpdate(PersistentVolumeClaim stored, PersistentVolumeClaim update, FeatureGates? gates = null)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(update);
        var status = update.Status;
        if (!(gates ?? FeatureGates.Default).IsEnabled(StorageGates.RecoverVolumeExpansionFailure))
        {
            status = status with
            {
                AllocatedResources = stored.Status.AllocatedResources.Count > 0 ? status.AllocatedResources : StringMap<Quantity>.Empty,
                ResizeStatus = stored.Status.ResizeStatus is not null ? status.ResizeStatus : null,
            };
        }

        return update with { Spec = stored.Spec, Status = status };
    }

    /// <summary>The stored specification with the changes that are allowed: the first volume name, and the size once bound.</summary>
    private static PersistentVolumeClaimSpec Allowed(PersistentVolumeClaim stored, PersistentVolumeClaim update)
    {
        var spec = stored.Spec;
        if (spec.VolumeName.Length == 0)
        {
            spec = spec with { VolumeName = update.Spec.VolumeName };
        }

        if (stored.Status.Phase == ClaimPhases.Bound && update.Spec.Resources.Requests.TryGetValue(Claims.StorageResource, out var size))
        {
            spec = spec with { Resources = spec.Resources with { Requests = spec.Resources.Requests.With(Claims.StorageResource, size) } };
        }

        return spec;
    }

    private static FieldError Forbidden(string field, string detail) => new(FieldErrorType.Forbidden, field, null, detail);
}
