using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Storage.Volumes;

public sealed partial class PersistentVolumeController
{
    private string? SyncVolume(PersistentVolume volume)
    {
        if (MarkMigrated(ref volume) is { } error)
        {
            return error;
        }

        // A reference without a UID is the user's wish; the claim's own sync fulfils it.
        if (volume.Spec.ClaimRef is not { Uid.Length: > 0 } claimant)
        {
            return SetPhase(ref volume, VolumePhases.Available);
        }

        if (_claims.GetValueOrDefault(new(claimant.Namespace, claimant.Name)) is not { } claim || claim.Metadata.Uid != claimant.Uid)
        {
            return Release(volume);
        }

        if (claim.Spec.VolumeName.Length == 0)
        {
            return LeaveToClaim(volume, claim);
        }

        return claim.Spec.VolumeName == volume.Metadata.Name ? SetPhase(ref volume, VolumePhases.Bound)
            : IsProvisionedForClaim(volume) ? Release(volume)
            : Unbind(volume);
    }

    private string? LeaveToClaim(PersistentVolume volume, PersistentVolumeClaim claim)
    {
        if (VolumeModes.Match(volume.Spec.VolumeMode, claim.Spec.VolumeMode))
        {
            _requeued.Add(VolumeSyncKey.Claim(ObjectKey.Of(claim)));
            return null;
        }

        _events.Add(VolumeEvent.Warning(
            volume,
            "VolumeMismatch",
            $"Cannot bind PersistentVolume to requested PersistentVolumeClaim {GoText.Quote(claim.Metadata.Name)} due to incompatible volumeMode."));
        _events.Add(VolumeEvent.Warning(
            claim,
            "VolumeMismatch",
            $"Cannot bind PersistentVolume {GoText.Quote(volume.Metadata.Name)} to requested PersistentVolumeClaim due to incompatible volumeMode."));
        return null;
    }

    private static bool IsProvisionedForClaim(PersistentVolume volume) =>
        volume.Metadata.Annotations.ContainsKey(StorageAnnotations.ProvisionedBy)
        && volume.Spec.PersistentVolumeReclaimPolicy == ReclaimPolicies.Delete;

    /// <summary>Takes back a volume whose claim is bound elsewhere; one that the user had reserved stays reserved.</summary>
    private string? Unbind(PersistentVolume volume)
    {
        var before = volume;
        volume = volume.Metadata.Annotations.ContainsKey(StorageAnnotations.BoundByController)
            ? Released(volume)
            : volume with { Spec = volume.Spec with { ClaimRef = volume.Spec.ClaimRef! with { Uid = "" } } };
        return Write(VolumeChangeKind.Update, before, ref volume) ?? SetPhase(ref volume, VolumePhases.Available);
    }

    private static PersistentVolume Released(PersistentVolume volume) =>
        (volume with { Spec = volume.Spec with { ClaimRef = null } }).WithoutAnnotation(StorageAnnotations.BoundByController);

    /// <summary>The claim of a volume is gone, or does without it.</summary>
    private string? Release(PersistentVolume volume)
    {
        if (volume.Status.Phase is not (VolumePhases.Released or VolumePhases.Failed) && SetPhase(ref volume, VolumePhases.Released) is { } error)
        {
            return error;
        }

        return Reclaim(volume);
    }

    private string? Reclaim(PersistentVolume volume)
    {
        // What an external provisioner has made is its to delete.
        if (volume.Metadata.Annotations.GetValueOrDefault(StorageAnnotations.MigratedTo, "").Length > 0)
        {
            return null;
        }

        return volume.Spec.PersistentVolumeReclaimPolicy switch
        {
            ReclaimPolicies.Retain => null,
            ReclaimPolicies.Delete => Delete(volume),
            ReclaimPolicies.Recycle => Recycle(volume),
            _ => Fail(volume, "VolumeUnknownReclaimPolicy", "Volume has unrecognized PersistentVolumeReclaimPolicy"),
        };
    }

    private string? Delete(PersistentVolume volume)
    {
        var provisioner = volume.Metadata.Annotations.GetValueOrDefault(StorageAnnotations.ProvisionedBy, "");
        var plugin = provisioner.Length > 0
            ? _options.Plugins.FirstOrDefault(candidate => candidate.Name == provisioner)
            : _options.Plugins.FirstOrDefault(candidate => candidate.Supports(volume));
        if (plugin is null)
        {
            return provisioner.Length > 0 && !provisioner.StartsWith(InTreePrefix, StringComparison.Ordinal)
                ? null
                : Fail(volume, "VolumeFailedDelete", DeleterMissing(volume, provisioner));
        }

        if (plugin.Delete(volume) is { } failure)
        {
            return Fail(volume, "VolumeFailedDelete", failure);
        }

        var change = new VolumeChange(VolumeChangeKind.Delete, volume);
        if (_options.Api?.Invoke(change) is { } error)
        {
            return error;
        }

        _changes.Add(change);
        _requeued.AddRange(Remove<PersistentVolume>(ObjectKey.Of(volume)));
        return null;
    }

    private static string DeleterMissing(PersistentVolume volume, string provisioner) => provisioner.Length > 0
        ? $"error getting deleter volume plugin for volume {GoText.Quote(volume.Metadata.Name)}: no volume plugin matched name: {provisioner}"
        : $"error getting deleter volume plugin for volume {GoText.Quote(volume.Metadata.Name)}: no volume plugin matched";

    private string? Recycle(PersistentVolume volume)
    {
        var plugin = _options.Plugins.FirstOrDefault(candidate => candidate.Supports(volume));
        if ((plugin is null ? "No recycler plugin found for the volume!" : plugin.Recycle(volume)) is { } failure)
        {
            return Fail(volume, "VolumeFailedRecycle", failure);
        }

        _events.Add(VolumeEvent.Normal(volume, "VolumeRecycled", "Volume recycled"));
        return Unbind(volume);
    }

    private string? Fail(PersistentVolume volume, string reason, string message)
    {
        if (volume.Status.Phase == VolumePhases.Failed)
        {
            return null;
        }

        var error = SetPhase(ref volume, VolumePhases.Failed, message);
        if (error is null)
        {
            _events.Add(VolumeEvent.Warning(volume, reason, message));
        }

        return error;
    }
}
