using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

public sealed partial class PersistentVolumeController
{
    private const string Yes = "yes";

    /// <summary>Binds a volume and a claim in four writes, each only if it changes something; what fails is finished by a later sync.</summary>
    private string? Bind(PersistentVolume volume, PersistentVolumeClaim claim) =>
        BindVolumeToClaim(ref volume, claim)
        ?? SetPhase(ref volume, VolumePhases.Bound)
        ?? BindClaimToVolume(ref claim, volume)
        ?? SetPhase(ref claim, ClaimPhases.Bound, volume);

    private string? BindVolumeToClaim(ref PersistentVolume volume, PersistentVolumeClaim claim)
    {
        var before = volume;
        var wasBound = Storage.Volumes.Claims.IsBoundTo(volume, claim);
        if (!wasBound || volume.Spec.ClaimRef!.Uid != claim.Metadata.Uid)
        {
            volume = volume with { Spec = volume.Spec with { ClaimRef = VolumeObjects.ReferenceTo(claim) } };
        }

        if (!wasBound && !volume.Metadata.Annotations.ContainsKey(StorageAnnotations.BoundByController))
        {
            volume = volume.WithAnnotation(StorageAnnotations.BoundByController, Yes);
        }

        return Write(VolumeChangeKind.Update, before, ref volume);
    }

    private string? BindClaimToVolume(ref PersistentVolumeClaim claim, PersistentVolume volume)
    {
        var before = claim;
        if (claim.Spec.VolumeName != volume.Metadata.Name)
        {
            claim = claim with { Spec = claim.Spec with { VolumeName = volume.Metadata.Name } };
            if (!claim.Metadata.Annotations.ContainsKey(StorageAnnotations.BoundByController))
            {
                claim = claim.WithAnnotation(StorageAnnotations.BoundByController, Yes);
            }
        }

        if (!claim.Metadata.Annotations.ContainsKey(StorageAnnotations.BindCompleted))
        {
            claim = claim.WithAnnotation(StorageAnnotations.BindCompleted, Yes);
        }

        return Write(VolumeChangeKind.Update, before, ref claim);
    }

    private string? SetPhase(ref PersistentVolume volume, string phase, string message = "")
    {
        if (volume.Status.Phase == phase)
        {
            return null;
        }

        var before = volume;
        volume = volume with { Status = volume.Status with { Phase = phase, Message = message } };
        return Write(VolumeChangeKind.UpdateStatus, before, ref volume);
    }

    /// <summary>Writes the phase of a claim and what it has: nothing without a volume, else the modes and, as it is bound, the size.</summary>
    private string? SetPhase(ref PersistentVolumeClaim claim, string phase, PersistentVolume? volume)
    {
        var before = claim;
        var status = claim.Status with { Phase = phase, AccessModes = volume?.Spec.AccessModes ?? [] };
        if (volume is null)
        {
            status = status with { Capacity = StringMap<Quantity>.Empty };
        }
        else if (claim.Status.Phase != phase)
        {
            // The file system of a volume that was being expanded is still as large as before.
            status = status with
            {
                Capacity = volume.Metadata.Annotations.TryGetValue(StorageAnnotations.PreResizeCapacity, out var size) && Quantity.TryParse(size, out var earlier)
                    ? volume.Spec.Capacity.With(Storage.Volumes.Claims.StorageResource, earlier)
                    : volume.Spec.Capacity,
            };
        }

        claim = claim with { Status = status };
        return Write(VolumeChangeKind.UpdateStatus, before, ref claim);
    }
}
