using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Storage.Migration;

/// <summary>The in-tree plugins that can be migrated.</summary>
internal static class InTreePlugins
{
    private static readonly ImmutableArray<InTreePlugin> All =
    [
        new GCEPersistentDiskPlugin(),
        new AWSElasticBlockStorePlugin(),
        new CinderPlugin(),
        new AzureDiskPlugin(),
        new AzureFilePlugin(),
        new VsphereVolumePlugin(),
        new PortworxPlugin(),
        new RBDPlugin(),
    ];

    public static InTreePlugin? Of(PersistentVolume volume)
    {
        // Most volumes are CSI's own, and exactly one source is set.
        if (volume.Spec.Csi is not null)
        {
            return null;
        }

        foreach (var plugin in All)
        {
            if (plugin.Supports(volume.Spec))
            {
                return plugin;
            }
        }

        return null;
    }

    public static InTreePlugin? Of(Volume volume)
    {
        foreach (var plugin in All)
        {
            if (plugin.Supports(volume))
            {
                return plugin;
            }
        }

        return null;
    }

    public static InTreePlugin? Named(string name)
    {
        foreach (var plugin in All)
        {
            if (plugin.Name == name)
            {
                return plugin;
            }
        }

        return null;
    }

    public static InTreePlugin? OfDriver(string driverName)
    {
        foreach (var plugin in All)
        {
            if (plugin.DriverName == driverName)
            {
                return plugin;
            }
        }

        return null;
    }
}
