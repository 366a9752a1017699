using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Migration;

/// <summary>kubernetes.io/cinder.</summary>
internal sealed class CinderPlugin() : InTreePlugin(InTreePluginNames.Cinder, "cinder.csi.openstack.org")
{
    private const string ZoneKey = "topology.cinder.csi.openstack.org/zone";

    public override bool Supports(PersistentVolumeSpec spec) => spec.Cinder is not null;

    public override bool Supports(Volume volume) => volume.Cinder is not null;

    public override CSITranslation<PersistentVolume> ToCSI(PersistentVolume volume)
    {
        var disk = volume.Spec.Cinder!;
        var translated = VolumeTopology.ToCSI(volume, ZoneKey);
        return CSITranslation.Of(translated with
        {
            Spec = translated.Spec with { Cinder = null, Csi = Source(disk.VolumeID, disk.FsType, disk.ReadOnly) },
        });
    }

    public override CSITranslation<PersistentVolume> ToInTree(PersistentVolume volume, CSIPersistentVolumeSource source)
    {
        var disk = new CinderPersistentVolumeSource { VolumeID = source.VolumeHandle, FsType = source.FsType, ReadOnly = source.ReadOnly };

        // No regions are computed, and so nothing can fail.
        var translated = VolumeTopology.ToInTree(volume, ZoneKey, regionOf: null).Value!;
        return CSITranslation.Of(translated with { Spec = translated.Spec with { Csi = null, Cinder = disk } });
    }

    public override CSITranslation<PersistentVolume> InlineToCSI(Volume volume, string podNamespace)
    {
        var disk = volume.Cinder!;
        return InlineVolume($"{DriverName}-{disk.VolumeID}", Source(disk.VolumeID, disk.FsType, disk.ReadOnly), AccessModes.ReadWriteOnce);
    }

    public override CSITranslation<StorageClass> ClassToCSI(StorageClass storageClass)
    {
        // "availability" is a parameter of the driver too; zone and zones mean nothing to either.
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in storageClass.Parameters)
        {
            ClassParameters.MoveFsType(parameters, name.ToLowerInvariant(), name, value);
        }

        return CSITranslation.Of(storageClass with
        {
            Parameters = parameters.ToStringMap(),
            AllowedTopologies = ClassParameters.Topologies(storageClass.AllowedTopologies, ZoneKey),
        });
    }

    private CSIPersistentVolumeSource Source(string volumeID, string fsType, bool readOnly) =>
        new() { Driver = DriverName, VolumeHandle = volumeID, FsType = fsType, ReadOnly = readOnly };
}
