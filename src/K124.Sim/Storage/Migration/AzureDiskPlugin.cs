using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Migration;

/// <summary>kubernetes.io/azure-disk.</summary>
internal sealed class AzureDiskPlugin() : InTreePlugin(InTreePluginNames.AzureDisk, "disk.csi.azure.com")
{
    private const string ZoneKey = "topology.disk.csi.azure.com/zone";
    private const string Managed = "Managed";
    private const string CachingMode = "cachingmode";
    private const string FsType = "fstype";
    private const string ManagedPattern = ".*/subscriptions/(?:.*)/resourceGroups/(?:.*)/providers/Microsoft.Compute/disks/(.+)";
    private const string UnmanagedPattern = "http(?:.*)://(?:.*)/vhds/(.+)";

    private static readonly ImmutableArray<string> ManagedMarks = ["/subscriptions/", "/resourceGroups/", "/providers/Microsoft.Compute/disks/"];
    private static readonly ImmutableArray<string> UnmanagedMarks = ["http", "://", "/vhds/"];

    public override bool Supports(PersistentVolumeSpec spec) => spec.AzureDisk is not null;

    public override bool Supports(Volume volume) => volume.AzureDisk is not null;

    public override CSITranslation<PersistentVolume> ToCSI(PersistentVolume volume)
    {
        var disk = volume.Spec.AzureDisk!;
        return UnsupportedKind(disk)
            ?? CSITranslation.Of(volume with { Spec = volume.Spec with { AzureDisk = null, Csi = Source(disk) } });
    }

    public override CSITranslation<PersistentVolume> ToInTree(PersistentVolume volume, CSIPersistentVolumeSource source)
    {
        var uri = source.VolumeHandle;
        var isUnmanaged = uri.Length > 4 && uri.StartsWith("http", StringComparison.OrdinalIgnoreCase);
        if ((isUnmanaged ? After(uri, UnmanagedMarks) : After(uri, ManagedMarks)) is not { } name)
        {
            return CSITranslation.Failed<PersistentVolume>(
                $"could not get disk name from {uri}, correct format: {(isUnmanaged ? UnmanagedPattern : ManagedPattern)}");
        }

        var disk = new AzureDiskVolumeSource
        {
            DiskName = name,
            DiskURI = uri,
            Kind = Managed,
            FsType = Attribute(source, FsType) ?? source.FsType,
            CachingMode = Attribute(source, CachingMode),
            ReadOnly = source.ReadOnly,
        };
        return CSITranslation.Of(volume with { Spec = volume.Spec with { Csi = null, AzureDisk = disk } });
    }

    public override CSITranslation<PersistentVolume> InlineToCSI(Volume volume, string podNamespace)
    {
        var disk = volume.AzureDisk!;
        return UnsupportedKind(disk) ?? InlineVolume(disk.DiskURI, Source(disk), AccessModes.ReadWriteOnce);
    }

    public override CSITranslation<StorageClass> ClassToCSI(StorageClass storageClass)
    {
        var translated = ClassParameters.Translate(storageClass, ZoneKey, static (parameters, _, name, value) => parameters[name] = value);
        return translated.Succeeded
            ? CSITranslation.Of(translated.Value with { AllowedTopologies = [.. translated.Value.AllowedTopologies.Select(WithoutFaultDomains)] })
            : translated;
    }

    /// <summary>The in-tree plugin labels regions without zones by fault domain, a number; the driver by an empty zone.</summary>
    private static TopologySelectorTerm WithoutFaultDomains(TopologySelectorTerm term) => term with
    {
        MatchLabelExpressions =
        [
            .. term.MatchLabelExpressions.Select(static requirement => requirement.Key == ZoneKey
                ? requirement with { Values = [.. requirement.Values.Select(static value => value.All(char.IsAsciiDigit) ? "" : value)] }
                : requirement),
        ],
    };

    private static CSITranslation<PersistentVolume>? UnsupportedKind(AzureDiskVolumeSource disk) =>
        disk.Kind is null || disk.Kind.Equals(Managed, StringComparison.OrdinalIgnoreCase)
            ? null
            : CSITranslation.Failed<PersistentVolume>($"kind({disk.Kind}) is not supported in csi migration");

    /// <summary>What follows the marks in a text, the last one as far right as can be.</summary>
    /// <returns>The rest; null if a mark is missing or nothing follows.</returns>
    private static string? After(string text, ImmutableArray<string> marks)
    {
        var position = 0;
        foreach (var mark in marks[..^1])
        {
            var found = text.IndexOf(mark, position, StringComparison.Ordinal);
            if (found < 0)
            {
                return null;
            }

            position = found + mark.Length;
        }

        var rest = text[position..];
        var last = rest.Length == 0 ? -1 : rest[..^1].LastIndexOf(marks[^1], StringComparison.Ordinal);
        return last < 0 ? null : rest[(last + marks[^1].Length)..];
    }

    /// <summary>An attribute by its name in any case; null if it is absent or empty.</summary>
    private static string? Attribute(CSIPersistentVolumeSource source, string lowerCaseName) => source.VolumeAttributes
        .Where(attribute => attribute.Value.Length > 0 && attribute.Key.Equals(lowerCaseName, StringComparison.OrdinalIgnoreCase))
        .Select(static attribute => attribute.Value)
        .LastOrDefault();

    private CSIPersistentVolumeSource Source(AzureDiskVolumeSource disk)
    {
        var attributes = StringMap.Of(("kind", Managed));
        if (!string.IsNullOrEmpty(disk.CachingMode))
        {
            attributes = attributes.With(CachingMode, disk.CachingMode);
        }

        if (disk.FsType is not null)
        {
            attributes = attributes.With(FsType, disk.FsType);
        }

        return new()
        {
            Driver = DriverName,
            VolumeHandle = disk.DiskURI,
            FsType = disk.FsType ?? "",
            ReadOnly = disk.ReadOnly == true,
            VolumeAttributes = attributes,
        };
    }
}
