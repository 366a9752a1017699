using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;
using K124.Sim.Text;

namespace K124.Sim.Storage.Migration;

/// <summary>kubernetes.io/gce-pd.</summary>
internal sealed class GCEPersistentDiskPlugin() : InTreePlugin(InTreePluginNames.GCEPD, "pd.csi.storage.gke.io")
{
    private const string ZoneKey = "topology.gke.io/zone";
    private const string Unspecified = "UNSPECIFIED";

    // A handle is projects/P/zones/Z/disks/D or projects/P/regions/R/disks/D; a node is projects/P/zones/Z/instances/I.
    private const int HandleParts = 6;
    private const int ProjectPart = 1;
    private const int RegionalityPart = 2;
    private const int PlacePart = 3;
    private const int DiskPart = 5;

    public override bool Supports(PersistentVolumeSpec spec) => spec.GcePersistentDisk is not null;

    public override bool Supports(Volume volume) => volume.GcePersistentDisk is not null;

    public override CSITranslation<PersistentVolume> ToCSI(PersistentVolume volume)
    {
        var disk = volume.Spec.GcePersistentDisk!;
        var label = volume.Metadata.Labels.TryGetValue(TopologyLabels.Beta.Zone, out var beta) && beta.Length > 0
            ? beta
            : volume.Metadata.Labels.GetValueOrDefault(TopologyLabels.Stable.Zone, "");
        var zones = label.Split("__");
        var handle = ZonalHandle(Unspecified, label.Length == 0 ? Unspecified : label, disk.PdName);
        if (zones.Length > 1)
        {
            var (region, error) = RegionOf(zones);
            if (region is null)
            {
                return CSITranslation.Failed<PersistentVolume>($"failed to get region from zones: {error}");
            }

            handle = RegionalHandle(Unspecified, region, disk.PdName);
        }

        var translated = VolumeTopology.ToCSI(volume, ZoneKey);
        return CSITranslation.Of(translated with
        {
            Spec = translated.Spec with { GcePersistentDisk = null, Csi = Source(disk, handle), AccessModes = Supported(volume.Spec.AccessModes) },
        });
    }

    public override CSITranslation<PersistentVolume> ToInTree(PersistentVolume volume, CSIPersistentVolumeSource source)
    {
        var parts = source.VolumeHandle.Split('/');
        if (parts.Length < HandleParts)
        {
            return CSITranslation.Failed<PersistentVolume>($"failed to get id components.Got: {parts.Length}, wanted {HandleParts} components or more. ");
        }

        var (partition, problem) = ReadPartition(source);
        if (problem is not null)
        {
            return CSITranslation.Failed<PersistentVolume>($"Failed to {problem}");
        }

        var translated = VolumeTopology.ToInTree(volume, ZoneKey, RegionOf);
        if (!translated.Succeeded)
        {
            return CSITranslation.Failed<PersistentVolume>($"failed to translate topology. PV:{volume.Metadata.Name}. Error:{translated.Error}");
        }

        var disk = new GCEPersistentDiskVolumeSource { PdName = parts[DiskPart], FsType = source.FsType, Partition = partition, ReadOnly = source.ReadOnly };
        return CSITranslation.Of(translated.Value with { Spec = translated.Value.Spec with { Csi = null, GcePersistentDisk = disk } });
    }

    public override CSITranslation<PersistentVolume> InlineToCSI(Volume volume, string podNamespace)
    {
        var disk = volume.GcePersistentDisk!;
        var source = Source(disk, ZonalHandle(Unspecified, Unspecified, disk.PdName));
        return InlineVolume($"{DriverName}-{disk.PdName}", source, AccessModeOf(disk.ReadOnly));
    }

    public override CSITranslation<StorageClass> ClassToCSI(StorageClass storageClass) =>
        ClassParameters.Translate(storageClass, ZoneKey, ClassParameters.MoveFsType);

    public override CSITranslation<string> RepairVolumeHandle(string volumeHandle, string nodeID)
    {
        var handle = volumeHandle.Split('/');
        if (handle.Length < HandleParts)
        {
            return CSITranslation.Failed<string>($"volume handle has wrong number of elements; got {handle.Length}, wanted {HandleParts} or more");
        }

        if (handle[ProjectPart] != Unspecified)
        {
            return CSITranslation.Of(volumeHandle);
        }

        var node = nodeID.Split('/');
        if (node.Length < HandleParts)
        {
            return CSITranslation.Failed<string>($"node handle has wrong number of elements; got {node.Length}, wanted {HandleParts} or more");
        }

        var (place, nodeZone) = (handle[PlacePart], node[PlacePart]);
        switch (handle[RegionalityPart])
        {
            case "zones":
                return CSITranslation.Of(ZonalHandle(node[ProjectPart], place == Unspecified ? nodeZone : place, handle[DiskPart]));
            case "regions":
                var (region, error) = place == Unspecified ? RegionOf([nodeZone]) : (place, null);
                return region is null
                    ? CSITranslation.Failed<string>($"failed to get region from zone {nodeZone}: {error}")
                    : CSITranslation.Of(RegionalHandle(node[ProjectPart], region, handle[DiskPart]));
            case var other:
                return CSITranslation.Failed<string>($"expected volume handle to have zones or regions regionality value, got: {other}");
        }
    }

    private static (string? Region, string? Error) RegionOf(IReadOnlyList<string> zones)
    {
        if (zones.Count == 0)
        {
            return (null, "no zones specified");
        }

        var regions = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var zone in zones)
        {
            var parts = zone.Split('-');
            if (parts.Length != 3)
            {
                return (null, $"zone in unexpected format, expected: {{locale}}-{{region}}-{{zone}}, got: {zone}");
            }

            regions.Add($"{parts[0]}-{parts[1]}");
        }

        return regions.Count == 1 ? (regions.Min, null) : (null, $"multiple or no regions gotten from zones, got: {GoText.Set(regions)}");
    }

    /// <summary>What the driver can do of the modes that were asked for.</summary>
    private static ImmutableArray<string> Supported(ImmutableArray<string> modes)
    {
        if (modes.IsEmpty)
        {
            return modes;
        }

        var isReadOnly = modes.Contains(AccessModes.ReadOnlyMany)
            && !modes.Contains(AccessModes.ReadWriteOnce)
            && !modes.Contains(AccessModes.ReadWriteMany);
        return [AccessModeOf(isReadOnly)];
    }

    private CSIPersistentVolumeSource Source(GCEPersistentDiskVolumeSource disk, string handle) => new()
    {
        Driver = DriverName,
        VolumeHandle = handle,
        FsType = disk.FsType,
        ReadOnly = disk.ReadOnly,
        VolumeAttributes = StringMap.Of((PartitionKey, disk.Partition == 0 ? "" : disk.Partition.ToString(CultureInfo.InvariantCulture))),
    };

    private static string ZonalHandle(string project, string zone, string disk) => $"projects/{project}/zones/{zone}/disks/{disk}";

    private static string RegionalHandle(string project, string region, string disk) => $"projects/{project}/regions/{region}/disks/{disk}";
}
