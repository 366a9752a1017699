using K124.Sim.Model;
using K124.Sim.Storage.Migration;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>What plugins read of a volume that the API has. Never changes.</summary>
internal sealed class VolumeFacts
{
    private VolumeFacts(PersistentVolume volume, VolumeTerms? terms, VolumeTerms? termsWithoutZones)
    {
        Volume = volume;
        Terms = terms;
        TermsWithoutZones = termsWithoutZones;
    }

    public PersistentVolume Volume { get; }

    /// <summary>What is asked of nodes; null if the volume has to be looked at on its own.</summary>
    public VolumeTerms? Terms { get; }

    /// <summary>The same for ephemeral volumes, whose zones are passed over.</summary>
    public VolumeTerms? TermsWithoutZones { get; }

    /// <summary>The CSI driver that attaches the volume; null for none.</summary>
    public string? Driver { get; private init; }

    /// <summary>What the driver calls it.</summary>
    public string Handle { get; private init; } = "";

    /// <summary>The in-tree plugin that a node must have migrated for the driver to count; null if it counts on every node.</summary>
    public string? MigratedPlugin { get; private init; }

    /// <summary>The in-tree plugin that attaches the volume; null for none.</summary>
    public string? CountedPlugin { get; private init; }

    /// <summary>What the in-tree plugin calls it.</summary>
    public string CountedId { get; private init; } = "";

    public static VolumeFacts Of(PersistentVolume volume, Func<VolumeTermsKey, VolumeTerms> termsOf)
    {
        var plugin = CSITranslator.InTreePluginName(volume);
        CSITranslation<PersistentVolume>? translation = plugin is null ? null : CSITranslator.TranslateInTreePVToCSI(volume);
        var csi = translation is { } translated ? translated.Value?.Spec.Csi : volume.Spec.Csi;
        var isAttached = csi is { Driver.Length: > 0, VolumeHandle.Length: > 0 };
        var counted = CountedOf(volume.Spec);
        VolumeTerms? terms = null;
        VolumeTerms? withoutZones = null;
        if (translation?.Error is null && counted.Count <= 1 && (counted.Count == 0 || volume.Spec.Csi is null))
        {
            var key = new VolumeTermsKey(
                volume.Spec.NodeAffinity,
                plugin,
                translation?.Value?.Spec.NodeAffinity,
                ZoneLabels.Of(volume.Metadata.Labels),
                isAttached ? csi!.Driver : null,
                counted.Count == 0 ? null : counted[0].Plugin);
            terms = termsOf(key);
            withoutZones = key.Zones.Count == 0 ? terms : termsOf(key with { Zones = StringMap<string>.Empty });
        }

        return new(volume, terms, withoutZones)
        {
            Driver = isAttached ? csi!.Driver : null,
            Handle = isAttached ? csi!.VolumeHandle : "",
            MigratedPlugin = isAttached ? plugin : null,
            CountedPlugin = counted.Count == 0 ? null : counted[0].Plugin,
            CountedId = counted.Count == 0 ? "" : counted[0].Id,
        };
    }

    /// <summary>The in-tree plugins that count a volume named in a pod, with what they call it.</summary>
    public static IEnumerable<(string Plugin, string Id)> CountedOf(Volume volume)
    {
        if (volume.AwsElasticBlockStore is { } ebs)
        {
            yield return (InTreePluginNames.AWSEBS, ebs.VolumeID);
        }

        if (volume.GcePersistentDisk is { } gce)
        {
            yield return (InTreePluginNames.GCEPD, gce.PdName);
        }

        if (volume.AzureDisk is { } azure)
        {
            yield return (InTreePluginNames.AzureDisk, azure.DiskName);
        }

        if (volume.Cinder is { } cinder)
        {
            yield return (InTreePluginNames.Cinder, cinder.VolumeID);
        }
    }

    private static List<(string Plugin, string Id)> CountedOf(PersistentVolumeSpec volume)
    {
        var counted = new List<(string, string)>();
        if (volume.AwsElasticBlockStore is { } ebs)
        {
            counted.Add((InTreePluginNames.AWSEBS, ebs.VolumeID));
        }

        if (volume.GcePersistentDisk is { } gce)
        {
            counted.Add((InTreePluginNames.GCEPD, gce.PdName));
        }

        if (volume.AzureDisk is { } azure)
        {
            counted.Add((InTreePluginNames.AzureDisk, azure.DiskName));
        }

        if (volume.Cinder is { } cinder)
        {
            counted.Add((InTreePluginNames.Cinder, cinder.VolumeID));
        }

        return counted;
    }
}
