using K124.Sim.Model;
using K124.Sim.Storage.Volumes;
using K124.Sim.Text;

namespace K124.Sim.Storage.Migration;

/// <summary>kubernetes.io/vsphere-volume.</summary>
internal sealed class VsphereVolumePlugin() : InTreePlugin(InTreePluginNames.Vsphere, "csi.vsphere.vmware.com")
{
    private const string ZoneKey = "topology.csi.vmware.com/zone";
    private const string RegionKey = "topology.csi.vmware.com/region";
    private const string StoragePolicyName = "storagepolicyname";

    public override bool Supports(PersistentVolumeSpec spec) => spec.VsphereVolume is not null;

    public override bool Supports(Volume volume) => volume.VsphereVolume is not null;

    public override CSITranslation<PersistentVolume> ToCSI(PersistentVolume volume)
    {
        var disk = volume.Spec.VsphereVolume!;
        var source = Source(disk);
        if (disk.StoragePolicyName.Length > 0)
        {
            source = source with { VolumeAttributes = StringMap.Of((StoragePolicyName, disk.StoragePolicyName)) };
        }

        var translated = VolumeTopology.ToCSI(volume, ZoneKey, RegionKey);
        return CSITranslation.Of(translated with { Spec = translated.Spec with { VsphereVolume = null, Csi = source } });
    }

    public override CSITranslation<PersistentVolume> ToInTree(PersistentVolume volume, CSIPersistentVolumeSource source)
    {
        // The driver knows a volume by its identity; only this attribute keeps the path.
        var path = source.VolumeAttributes.GetValueOrDefault("initialvolumefilepath", "");
        var disk = new VsphereVirtualDiskVolumeSource { VolumePath = path, FsType = source.FsType };
        var translated = VolumeTopology.ToInTree(volume, ZoneKey, RegionKey);
        return CSITranslation.Of(translated with { Spec = translated.Spec with { Csi = null, VsphereVolume = disk } });
    }

    public override CSITranslation<PersistentVolume> InlineToCSI(Volume volume, string podNamespace)
    {
        var disk = volume.VsphereVolume!;

        // Deviation: 1.24 crashes here; see docs/storage.md.
        return disk.StoragePolicyName.Length > 0
            ? CSITranslation.Failed<PersistentVolume>($"volume {GoText.Quote(volume.Name)}: an inline vSphere volume with a storagePolicyName cannot be translated")
            : InlineVolume($"{DriverName}-{disk.VolumePath}", Source(disk), AccessModes.ReadWriteOnce);
    }

    public override CSITranslation<StorageClass> ClassToCSI(StorageClass storageClass)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["csimigration"] = "true" };
        foreach (var (name, value) in storageClass.Parameters)
        {
            var lower = name.ToLowerInvariant();
            switch (lower)
            {
                case ClassParameters.FsType:
                    parameters[ClassParameters.CSIFsType] = value;
                    break;
                case StoragePolicyName:
                    parameters[StoragePolicyName] = value;
                    break;
                case "datastore" or "diskformat" or "hostfailurestotolerate" or "forceprovisioning" or "cachereservation" or "diskstripes"
                    or "objectspacereservation" or "iopslimit":
                    parameters[lower + "-migrationparam"] = value;
                    break;
            }
        }

        return CSITranslation.Of(storageClass with
        {
            Parameters = parameters.ToStringMap(),
            AllowedTopologies = ClassParameters.Topologies(storageClass.AllowedTopologies, ZoneKey),
        });
    }

    private CSIPersistentVolumeSource Source(VsphereVirtualDiskVolumeSource disk) =>
        new() { Driver = DriverName, VolumeHandle = disk.VolumePath, FsType = disk.FsType };
}
