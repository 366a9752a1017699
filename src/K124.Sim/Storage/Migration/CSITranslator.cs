using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Storage.Migration;

/// <summary>Translates volumes and classes of in-tree plugins to their CSI drivers and back.</summary>
/// <remarks>Works for every in-tree plugin that 1.24 can migrate, whatever the feature gates. Where a class names both <c>zone</c> and
/// <c>zones</c>, which 1.24 reads in random order, <c>zones</c> counts. Kubernetes 1.24 csi-translation-lib, KEP-625.</remarks>
public static class CSITranslator
{
    /// <summary>Translates a volume of an in-tree plugin to its CSI form.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>The volume with a CSI source in place of the in-tree one, and its topology on the driver's keys; or the error.</returns>
    public static CSITranslation<PersistentVolume> TranslateInTreePVToCSI(PersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return InTreePlugins.Of(volume) is { } plugin
            ? plugin.ToCSI(volume)
            : CSITranslation.Failed<PersistentVolume>($"could not find in-tree plugin translation logic for {GoText.Quote(volume.Metadata.Name)}");
    }

    /// <summary>Translates a CSI volume of a migrated driver to its in-tree form.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>The volume with an in-tree source in place of the CSI one, and its topology on the well-known keys; or the error.</returns>
    public static CSITranslation<PersistentVolume> TranslateCSIPVToInTree(PersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        if (volume.Spec.Csi is not { } source)
        {
            return CSITranslation.Failed<PersistentVolume>("CSI persistent volume was nil");
        }

        return InTreePlugins.OfDriver(source.Driver) is { } plugin
            ? plugin.ToInTree(volume, source)
            : CSITranslation.Failed<PersistentVolume>($"could not find in-tree plugin translation logic for {source.Driver}");
    }

    /// <summary>Translates an inline volume of a pod to a CSI volume.</summary>
    /// <param name="volume">The pod's volume.</param>
    /// <param name="podNamespace">Namespace of the pod; may be empty.</param>
    /// <returns>A volume that stands for the inline one; or the error.</returns>
    public static CSITranslation<PersistentVolume> TranslateInTreeInlineVolumeToCSI(Volume volume, string podNamespace)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(podNamespace);
        return InTreePlugins.Of(volume) is { } plugin
            ? plugin.InlineToCSI(volume, podNamespace)
            : CSITranslation.Failed<PersistentVolume>($"could not find in-tree plugin translation logic for {GoText.Quote(volume.Name)}");
    }

    /// <summary>Translates the parameters and topologies of a class of an in-tree plugin to those of its CSI driver.</summary>
    /// <param name="pluginName">Name of the in-tree plugin, for example <c>kubernetes.io/gce-pd</c>.</param>
    /// <param name="storageClass">The class.</param>
    /// <returns>The translated class, which keeps its provisioner unless the plugin says otherwise; or the error.</returns>
    public static CSITranslation<StorageClass> TranslateInTreeStorageClassToCSI(string pluginName, StorageClass storageClass)
    {
        ArgumentNullException.ThrowIfNull(pluginName);
        ArgumentNullException.ThrowIfNull(storageClass);
        return InTreePlugins.Named(pluginName) is { } plugin
            ? plugin.ClassToCSI(storageClass)
            : CSITranslation.Failed<StorageClass>($"could not find in-tree storage class parameter translation logic for {GoText.Quote(pluginName)}");
    }

    /// <summary>Fills what a translated volume handle leaves open from the identity of a node.</summary>
    /// <param name="driverName">Name of the CSI driver.</param>
    /// <param name="volumeHandle">The handle.</param>
    /// <param name="nodeID">Identity of a node for the driver.</param>
    /// <returns>The complete handle; or the error.</returns>
    public static CSITranslation<string> RepairVolumeHandle(string driverName, string volumeHandle, string nodeID)
    {
        ArgumentNullException.ThrowIfNull(driverName);
        ArgumentNullException.ThrowIfNull(volumeHandle);
        ArgumentNullException.ThrowIfNull(nodeID);
        return InTreePlugins.OfDriver(driverName) is { } plugin
            ? plugin.RepairVolumeHandle(volumeHandle, nodeID)
            : CSITranslation.Failed<string>($"could not find In-Tree driver name for CSI plugin {driverName}");
    }

    /// <summary>The in-tree plugin of a volume's source.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>Its name, for example <c>kubernetes.io/gce-pd</c>; null if the source is of no plugin that can be migrated.</returns>
    public static string? InTreePluginName(PersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return InTreePlugins.Of(volume)?.Name;
    }

    /// <summary>The in-tree plugin of an inline volume's source.</summary>
    /// <param name="volume">The pod's volume.</param>
    /// <returns>Its name; null if the source is of no plugin that can be migrated.</returns>
    public static string? InTreePluginName(Volume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return InTreePlugins.Of(volume)?.Name;
    }

    /// <summary>The in-tree plugin that a CSI driver takes over from.</summary>
    /// <param name="driverName">Name of the driver, for example <c>pd.csi.storage.gke.io</c>.</param>
    /// <returns>Name of the plugin; null if the driver takes over from none.</returns>
    public static string? InTreePluginNameOfDriver(string driverName)
    {
        ArgumentNullException.ThrowIfNull(driverName);
        return InTreePlugins.OfDriver(driverName)?.Name;
    }

    /// <summary>The CSI driver that takes over from an in-tree plugin.</summary>
    /// <param name="pluginName">Name of the plugin, for example <c>kubernetes.io/gce-pd</c>.</param>
    /// <returns>Name of the driver; null if no driver takes over.</returns>
    public static string? CSIDriverName(string pluginName)
    {
        ArgumentNullException.ThrowIfNull(pluginName);
        return InTreePlugins.Named(pluginName)?.DriverName;
    }
}
