using K124.Sim.Model;
using K124.Sim.Storage.Migration;
using K124.Sim.Text;

namespace K124.Sim.Storage.Volumes;

public sealed partial class PersistentVolumeController
{
    private const string InTreePrefix = "kubernetes.io/";
    private const string ProvisioningFailed = "ProvisioningFailed";

    /// <summary>Sees to it that a volume is made for a claim: by a plugin here, else by an external provisioner.</summary>
    private string? Provision(PersistentVolumeClaim claim)
    {
        var className = Storage.Volumes.Claims.ClassOf(claim);
        if (!_classes.TryGetValue(className, out var storageClass))
        {
            _events.Add(VolumeEvent.Warning(claim, ProvisioningFailed, $"storageclass.storage.k8s.io {GoText.Quote(className)} not found"));
            return null;
        }

        var provisioner = storageClass.Provisioner;
        if (_migration.IsEnabledForPlugin(provisioner))
        {
            return LeaveToProvisioner(claim, CSITranslator.CSIDriverName(provisioner)!);
        }

        if (_options.Plugins.FirstOrDefault(candidate => candidate.Name == provisioner) is { } plugin)
        {
            return Provision(claim, storageClass, plugin);
        }

        if (!provisioner.StartsWith(InTreePrefix, StringComparison.Ordinal))
        {
            return LeaveToProvisioner(claim, provisioner);
        }

        _events.Add(VolumeEvent.Warning(claim, ProvisioningFailed, $"no volume plugin matched name: {provisioner}"));
        return null;
    }

    private string? LeaveToProvisioner(PersistentVolumeClaim claim, string provisioner)
    {
        if (SetProvisioner(ref claim, provisioner) is { } error)
        {
            return error;
        }

        _events.Add(VolumeEvent.Normal(
            claim,
            "ExternalProvisioning",
            $"waiting for a volume to be created, either by external provisioner {GoText.Quote(provisioner)} or manually created by system administrator"));
        return null;
    }

    private string? Provision(PersistentVolumeClaim claim, StorageClass storageClass, IVolumePlugin plugin)
    {
        if (SetProvisioner(ref claim, plugin.Name) is { } error)
        {
            return error;
        }

        var name = $"pvc-{claim.Metadata.Uid}";
        if (_volumes.Find(name) is not null)
        {
            return null;
        }

        var provisioning = plugin.Provision(claim, storageClass);
        if (provisioning.Volume is not { } made)
        {
            _events.Add(VolumeEvent.Warning(
                claim, ProvisioningFailed, $"Failed to provision volume with StorageClass {GoText.Quote(storageClass.Metadata.Name)}: {provisioning.Error}"));
            return Reschedule(claim);
        }

        var volume = made with
        {
            Metadata = made.Metadata with { Name = name },
            Spec = made.Spec with
            {
                ClaimRef = VolumeObjects.ReferenceTo(claim),
                StorageClassName = storageClass.Metadata.Name,
                PersistentVolumeReclaimPolicy = storageClass.ReclaimPolicy ?? ReclaimPolicies.Delete,
                MountOptions = storageClass.MountOptions,
            },
            Status = new() { Phase = VolumePhases.Bound },
        };
        volume = volume.WithAnnotation(StorageAnnotations.BoundByController, Yes).WithAnnotation(StorageAnnotations.ProvisionedBy, plugin.Name);
        var change = new VolumeChange(VolumeChangeKind.Create, volume);
        if (_options.Api?.Invoke(change) is { } refusal)
        {
            return refusal;
        }

        _changes.Add(change);
        _requeued.AddRange(Apply(volume));
        _events.Add(VolumeEvent.Normal(claim, "ProvisioningSucceeded", $"Successfully provisioned volume {name} using {plugin.Name}"));
        return null;
    }

    /// <summary>Lets the scheduler choose again, if it had chosen a node.</summary>
    private string? Reschedule(PersistentVolumeClaim claim)
    {
        var before = claim;
        claim = claim.WithoutAnnotation(StorageAnnotations.SelectedNode);
        return Write(VolumeChangeKind.Update, before, ref claim);
    }

    private string? SetProvisioner(ref PersistentVolumeClaim claim, string provisioner)
    {
        if (claim.Metadata.Annotations.GetValueOrDefault(StorageAnnotations.StorageProvisioner) == provisioner)
        {
            return null;
        }

        var before = claim;
        claim = claim.WithAnnotation(StorageAnnotations.BetaStorageProvisioner, provisioner).WithAnnotation(StorageAnnotations.StorageProvisioner, provisioner);
        claim = claim with { Metadata = WithMigratedTo(claim.Metadata, provisioner) };
        return Write(VolumeChangeKind.Update, before, ref claim);
    }

    private string? MarkMigrated(ref PersistentVolumeClaim claim)
    {
        var annotations = claim.Metadata.Annotations;
        if (!annotations.TryGetValue(StorageAnnotations.StorageProvisioner, out var provisioner)
            && !annotations.TryGetValue(StorageAnnotations.BetaStorageProvisioner, out provisioner))
        {
            return null;
        }

        var before = claim;
        claim = claim with { Metadata = WithMigratedTo(claim.Metadata, provisioner) };
        return Write(VolumeChangeKind.Update, before, ref claim);
    }

    private string? MarkMigrated(ref PersistentVolume volume)
    {
        if (!volume.Metadata.Annotations.TryGetValue(StorageAnnotations.ProvisionedBy, out var provisioner))
        {
            return null;
        }

        var before = volume;
        volume = volume with { Metadata = WithMigratedTo(volume.Metadata, provisioner) };
        return Write(VolumeChangeKind.Update, before, ref volume);
    }

    /// <summary>Names the driver that acts for a migrated plugin, and no driver for any other.</summary>
    private ObjectMeta WithMigratedTo(ObjectMeta metadata, string provisioner)
    {
        if (_migration.IsEnabledForPlugin(provisioner))
        {
            return metadata with { Annotations = metadata.Annotations.With(StorageAnnotations.MigratedTo, CSITranslator.CSIDriverName(provisioner)!) };
        }

        return metadata.Annotations.GetValueOrDefault(StorageAnnotations.MigratedTo, "").Length > 0
            ? metadata with { Annotations = metadata.Annotations.Without(StorageAnnotations.MigratedTo) }
            : metadata;
    }
}
