using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Storage.Volumes;

public sealed partial class PersistentVolumeController
{
    private string? SyncClaim(PersistentVolumeClaim claim) =>
        MarkMigrated(ref claim)
        ?? (claim.Metadata.Annotations.ContainsKey(StorageAnnotations.BindCompleted) ? SyncBoundClaim(claim) : SyncUnboundClaim(claim));

    private string? SyncUnboundClaim(PersistentVolumeClaim claim) =>
        claim.Spec.VolumeName.Length == 0 ? FindVolumeFor(claim) : BindToNamedVolume(claim);

    private string? FindVolumeFor(PersistentVolumeClaim claim)
    {
        if (IsDelayed(claim, out var delayBinding) is { } error)
        {
            return error;
        }

        var match = _volumes.FindByClaim(claim, delayBinding);
        if (match.Error is not null)
        {
            return $"error finding PV for claim {GoText.Quote(ObjectKey.Of(claim).ToString())}: {match.Error}";
        }

        if (match.Volume is { } volume)
        {
            return Bind(volume, claim);
        }

        if (delayBinding && !claim.Metadata.Annotations.ContainsKey(StorageAnnotations.SelectedNode))
        {
            TellWhatIsWaitedFor(claim);
        }
        else if (Storage.Volumes.Claims.ClassOf(claim).Length > 0)
        {
            return Provision(claim);
        }
        else
        {
            _events.Add(VolumeEvent.Normal(claim, "FailedBinding", "no persistent volumes available for this claim and no storage class is set"));
        }

        return SetPhase(ref claim, ClaimPhases.Pending, volume: null);
    }

    /// <summary>The user named a volume in the claim.</summary>
    private string? BindToNamedVolume(PersistentVolumeClaim claim)
    {
        if (_volumes.Find(claim.Spec.VolumeName) is not { } volume)
        {
            return SetPhase(ref claim, ClaimPhases.Pending, volume: null);
        }

        if (volume.Spec.ClaimRef is not { } claimant)
        {
            if (Misfit(volume, claim) is not { } misfit)
            {
                return Bind(volume, claim);
            }

            _events.Add(VolumeEvent.Warning(claim, "VolumeMismatch", $"Cannot bind to requested volume {GoText.Quote(volume.Metadata.Name)}: {misfit}"));
            return SetPhase(ref claim, ClaimPhases.Pending, volume: null);
        }

        if (Storage.Volumes.Claims.IsBoundTo(volume, claim))
        {
            return Bind(volume, claim);
        }

        _events.Add(VolumeEvent.Warning(claim, "FailedBinding", $"volume {GoText.Quote(volume.Metadata.Name)} already bound to a different claim."));
        return claim.Metadata.Annotations.ContainsKey(StorageAnnotations.BoundByController)
            ? $"invalid binding of claim {GoText.Quote(ObjectKey.Of(claim).ToString())} to volume {GoText.Quote(claim.Spec.VolumeName)}: "
                + $"volume already claimed by {GoText.Quote(new ObjectKey(claimant.Namespace, claimant.Name).ToString())}"
            : SetPhase(ref claim, ClaimPhases.Pending, volume: null);
    }

    private string? SyncBoundClaim(PersistentVolumeClaim claim)
    {
        if (claim.Spec.VolumeName.Length == 0)
        {
            return Lose(claim, "ClaimLost", "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
        }

        if (_volumes.Find(claim.Spec.VolumeName) is not { } volume)
        {
            return Lose(claim, "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        }

        return volume.Spec.ClaimRef is null || volume.Spec.ClaimRef.Uid == claim.Metadata.Uid
            ? Bind(volume, claim)
            : Lose(claim, "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly");
    }

    private string? Lose(PersistentVolumeClaim claim, string reason, string message)
    {
        if (claim.Status.Phase == ClaimPhases.Lost)
        {
            return null;
        }

        var error = SetPhase(ref claim, ClaimPhases.Lost, volume: null);
        if (error is null)
        {
            _events.Add(VolumeEvent.Warning(claim, reason, message));
        }

        return error;
    }

    private void TellWhatIsWaitedFor(PersistentVolumeClaim claim)
    {
        var pods = _pods.Waiting(ObjectKey.Of(claim));
        _events.Add(pods.Length == 0
            ? VolumeEvent.Normal(claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding")
            : VolumeEvent.Normal(claim, "WaitForPodScheduled", $"waiting for {(pods.Length == 1 ? "pod" : "pods")} {string.Join(',', pods)} to be scheduled"));
    }

    /// <summary>Whether binding a claim waits for a pod.</summary>
    /// <returns>Why that cannot be told; null if it can.</returns>
    private string? IsDelayed(PersistentVolumeClaim claim, out bool delayBinding)
    {
        delayBinding = false;
        var name = Storage.Volumes.Claims.ClassOf(claim);
        if (name.Length == 0 || !_classes.TryGetValue(name, out var storageClass))
        {
            return null;
        }

        delayBinding = storageClass.VolumeBindingMode == Storage.Volumes.Claims.WaitForFirstConsumer;
        return storageClass.VolumeBindingMode is null ? $"VolumeBindingMode not set for StorageClass {GoText.Quote(name)}" : null;
    }

    /// <summary>Why a volume that the user named does not suit a claim; selector and node affinity are not asked.</summary>
    private static string? Misfit(PersistentVolume volume, PersistentVolumeClaim claim) =>
        volume.Metadata.DeletionTimestamp is not null ? $"the volume is marked for deletion {GoText.Quote(volume.Metadata.Name)}"
        : volume.Spec.Capacity.Storage().Value() < claim.Spec.Resources.Requests.Storage().Value() ? "requested PV is too small"
        : Storage.Volumes.Claims.ClassOf(volume) != Storage.Volumes.Claims.ClassOf(claim) ? "storageClassName does not match"
        : !VolumeModes.Match(volume.Spec.VolumeMode, claim.Spec.VolumeMode) ? "incompatible volumeMode"
        : !AccessModes.Contain(volume.Spec.AccessModes, claim.Spec.AccessModes) ? "incompatible accessMode"
        : null;
}
