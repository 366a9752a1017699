using System.Collections.Frozen;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Migration;

/// <summary>Which in-tree plugins are migrated to their CSI drivers, by the feature gates and by what a node says.</summary>
/// <remarks>Kubernetes 1.24 pkg/volume/csimigration, pkg/scheduler/framework/plugins/nodevolumelimits, KEP-625.</remarks>
public sealed class CSIMigration
{
    private static readonly FrozenDictionary<string, string> GateByPlugin = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [InTreePluginNames.AWSEBS] = "CSIMigrationAWS",
        [InTreePluginNames.GCEPD] = "CSIMigrationGCE",
        [InTreePluginNames.AzureFile] = "CSIMigrationAzureFile",
        [InTreePluginNames.AzureDisk] = "CSIMigrationAzureDisk",
        [InTreePluginNames.Cinder] = "CSIMigrationOpenStack",
        [InTreePluginNames.Vsphere] = "CSIMigrationvSphere",
        [InTreePluginNames.Portworx] = "CSIMigrationPortworx",
        [InTreePluginNames.RBD] = "CSIMigrationRBD",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenSet<string> _enabled;

    /// <summary>Makes the rules for a set of gates.</summary>
    /// <param name="profile">Feature gates; null for the defaults of 1.24.</param>
    public CSIMigration(ClusterProfile? profile = null)
    {
        var given = profile ?? ClusterProfile.Default;
        _enabled = GateByPlugin
            .Where(pair => given.IsEnabled("CSIMigration") && given.IsEnabled(pair.Value))
            .Select(static pair => pair.Key)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a plugin is migrated as far as the gates go: the umbrella gate and its own.</summary>
    /// <param name="pluginName">Name of the in-tree plugin, for example <c>kubernetes.io/gce-pd</c>.</param>
    /// <returns>True if it is; controllers ask no more than this.</returns>
    public bool IsEnabledForPlugin(string pluginName) => _enabled.Contains(pluginName);

    /// <summary>Whether the scheduler checks bound volumes of a plugin in their CSI form on a node.</summary>
    /// <param name="pluginName">Name of the in-tree plugin.</param>
    /// <param name="csiNode">The node's CSINode; null if it has none.</param>
    /// <returns>True if the gates say so and the node lists the plugin; never for Azure file and vSphere.</returns>
    public bool IsOnForVolumeAffinity(string pluginName, CSINode? csiNode) =>
        IsCountedPerNode(pluginName) && IsEnabledForPlugin(pluginName) && IsListed(pluginName, csiNode);

    /// <summary>Whether the scheduler counts volumes of a plugin as CSI volumes on a node.</summary>
    /// <param name="pluginName">Name of the in-tree plugin.</param>
    /// <param name="csiNode">The node's CSINode; null if it has none.</param>
    /// <returns>As <see cref="IsOnForVolumeAffinity"/>, except that a Cinder plugin need not be listed.</returns>
    public bool IsOnForVolumeLimits(string pluginName, CSINode? csiNode) =>
        pluginName == InTreePluginNames.Cinder
            ? csiNode is not null && IsEnabledForPlugin(pluginName)
            : IsOnForVolumeAffinity(pluginName, csiNode);

    private static bool IsCountedPerNode(string pluginName) => pluginName is not (InTreePluginNames.AzureFile or InTreePluginNames.Vsphere);

    private static bool IsListed(string pluginName, CSINode? csiNode) =>
        csiNode?.Metadata.Annotations.TryGetValue(StorageAnnotations.MigratedPlugins, out var list) == true && IsIn(pluginName, list);

    /// <summary>Whether a name is in a list parted by commas. Asked for node by node, so nothing is allocated.</summary>
    private static bool IsIn(ReadOnlySpan<char> name, ReadOnlySpan<char> list)
    {
        for (var comma = list.IndexOf(','); comma >= 0; comma = list.IndexOf(','))
        {
            if (list[..comma].SequenceEqual(name))
            {
                return true;
            }

            list = list[(comma + 1)..];
        }

        return list.SequenceEqual(name);
    }
}
