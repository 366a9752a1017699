using K124.Sim.Model;

namespace K124.Sim.Storage.Migration;

/// <summary>kubernetes.io/portworx-volume.</summary>
internal sealed class PortworxPlugin() : InTreePlugin(InTreePluginNames.Portworx, "pxd.portworx.com")
{
    public override bool Supports(PersistentVolumeSpec spec) => spec.PortworxVolume is not null;

    public override bool Supports(Volume volume) => volume.PortworxVolume is not null;

    public override CSITranslation<PersistentVolume> ToCSI(PersistentVolume volume) => CSITranslation.Of(volume with
    {
        Spec = volume.Spec with { PortworxVolume = null, Csi = Source(volume.Spec.PortworxVolume!) },
    });

    public override CSITranslation<PersistentVolume> ToInTree(PersistentVolume volume, CSIPersistentVolumeSource source)
    {
        var disk = new PortworxVolumeSource { VolumeID = source.VolumeHandle, FsType = source.FsType, ReadOnly = source.ReadOnly };
        return CSITranslation.Of(volume with { Spec = volume.Spec with { Csi = null, PortworxVolume = disk } });
    }

    public override CSITranslation<PersistentVolume> InlineToCSI(Volume volume, string podNamespace)
    {
        var disk = volume.PortworxVolume!;
        return InlineVolume($"{DriverName}-{disk.VolumeID}", Source(disk), AccessModeOf(disk.ReadOnly));
    }

    public override CSITranslation<StorageClass> ClassToCSI(StorageClass storageClass) =>
        CSITranslation.Of(storageClass with { Provisioner = DriverName });

    // 1.24 loses the read-only mark here.
    private CSIPersistentVolumeSource Source(PortworxVolumeSource disk) =>
        new() { Driver = DriverName, VolumeHandle = disk.VolumeID, FsType = disk.FsType };
}
