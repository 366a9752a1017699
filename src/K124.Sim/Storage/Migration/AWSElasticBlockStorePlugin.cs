using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;
using K124.Sim.Text;

namespace K124.Sim.Storage.Migration;

/// <summary>kubernetes.io/aws-ebs.</summary>
internal sealed class AWSElasticBlockStorePlugin() : InTreePlugin(InTreePluginNames.AWSEBS, "ebs.csi.aws.com")
{
    private const string ZoneKey = "topology.ebs.csi.aws.com/zone";
    private const string Scheme = "aws://";

    public override bool Supports(PersistentVolumeSpec spec) => spec.AwsElasticBlockStore is not null;

    public override bool Supports(Volume volume) => volume.AwsElasticBlockStore is not null;

    public override CSITranslation<PersistentVolume> ToCSI(PersistentVolume volume)
    {
        var disk = volume.Spec.AwsElasticBlockStore!;
        if (VolumeID(disk) is not { } id)
        {
            return InvalidID(disk);
        }

        var translated = VolumeTopology.ToCSI(volume, ZoneKey);
        return CSITranslation.Of(translated with { Spec = translated.Spec with { AwsElasticBlockStore = null, Csi = Source(disk, id) } });
    }

    public override CSITranslation<PersistentVolume> ToInTree(PersistentVolume volume, CSIPersistentVolumeSource source)
    {
        var (partition, problem) = ReadPartition(source);
        if (problem is not null)
        {
            return CSITranslation.Failed<PersistentVolume>($"failed to {problem}");
        }

        var translated = VolumeTopology.ToInTree(volume, ZoneKey, RegionOf);
        if (!translated.Succeeded)
        {
            return CSITranslation.Failed<PersistentVolume>($"failed to translate topology. PV:{volume.Metadata.Name}. Error:{translated.Error}");
        }

        var disk = new AWSElasticBlockStoreVolumeSource { VolumeID = source.VolumeHandle, FsType = source.FsType, Partition = partition, ReadOnly = source.ReadOnly };
        return CSITranslation.Of(translated.Value with { Spec = translated.Value.Spec with { Csi = null, AwsElasticBlockStore = disk } });
    }

    public override CSITranslation<PersistentVolume> InlineToCSI(Volume volume, string podNamespace)
    {
        var disk = volume.AwsElasticBlockStore!;
        return VolumeID(disk) is { } id
            ? InlineVolume($"{DriverName}-{id}", Source(disk, id), AccessModes.ReadWriteOnce)
            : InvalidID(disk);
    }

    public override CSITranslation<StorageClass> ClassToCSI(StorageClass storageClass) =>
        ClassParameters.Translate(storageClass, ZoneKey, static (parameters, lower, name, value) =>
        {
            ClassParameters.MoveFsType(parameters, lower, name, value);
            if (lower == "iopspergb")
            {
                // The in-tree plugin raises too low a rate to the least possible; the driver must be told to.
                parameters["allowautoiopspergbincrease"] = "true";
            }
        });

    /// <summary>The bare id of a volume that may be written as a URL with its zone.</summary>
    /// <returns>The id; null if the URL holds none.</returns>
    private static string? VolumeID(AWSElasticBlockStoreVolumeSource disk)
    {
        if (!disk.VolumeID.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return disk.VolumeID;
        }

        var zoneAndPath = disk.VolumeID[Scheme.Length..];
        var path = zoneAndPath.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? zoneAndPath[slash..].Trim('/') : "";
        return path.StartsWith("vol-", StringComparison.Ordinal) && !path.Contains('/', StringComparison.Ordinal) ? path : null;
    }

    private static CSITranslation<PersistentVolume> InvalidID(AWSElasticBlockStoreVolumeSource disk) => CSITranslation.Failed<PersistentVolume>(
        $"failed to translate Kubernetes ID to EBS Volume ID Invalid format for AWS volume ({disk.VolumeID})");

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
            switch (parts.Length)
            {
                // us-west-2a and us-gov-east-1a: the region with a letter.
                case 3 or 4 when parts[^1].Length == 2:
                    regions.Add(zone[..^1]);
                    break;

                // Local and wavelength zones: us-west-2-lax-1a, us-east-1-wl1-bos-wlz-1.
                case 5 or 7:
                    regions.Add(string.Join('-', parts[..3]));
                    break;
                default:
                    return (null, $"Unexpected zone format: {zone} is not a valid AWS zone");
            }
        }

        return regions.Count == 1 ? (regions.Min, null) : (null, $"multiple or no regions gotten from zones, got: {GoText.Set(regions)}");
    }

    private CSIPersistentVolumeSource Source(AWSElasticBlockStoreVolumeSource disk, string id) => new()
    {
        Driver = DriverName,
        VolumeHandle = id,
        FsType = disk.FsType,
        ReadOnly = disk.ReadOnly,
        VolumeAttributes = StringMap.Of((PartitionKey, disk.Partition.ToString(CultureInfo.InvariantCulture))),
    };
}
