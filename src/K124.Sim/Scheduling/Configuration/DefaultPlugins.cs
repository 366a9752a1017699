using System.Collections.Immutable;
using K124.Sim.Scheduling.Plugins;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>The plugins that 1.24 enables unless told otherwise, for each version of the configuration.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config/v1beta2 and v1beta3 (default_plugins.go).</remarks>
internal static class DefaultPlugins
{
    /// <summary>Plugins and weights of v1beta3, which enables each at all its extension points, in this order.</summary>
    public static ImmutableArray<ScorePlugin> MultiPoint { get; } =
    [
        new("PrioritySort"),
        new("NodeUnschedulable"),
        new("NodeName"),
        new("TaintToleration", 3),
        new("NodeAffinity", 2),
        new("NodePorts"),
        new("NodeResourcesFit"),
        new("VolumeRestrictions"),
        new("EBSLimits"),
        new("GCEPDLimits"),
        new("NodeVolumeLimits"),
        new("AzureDiskLimits"),
        new("VolumeBinding"),
        new("VolumeZone"),
        new("PodTopologySpread", 2),
        new("InterPodAffinity", 2),
        new("DefaultPreemption"),
        new("NodeResourcesBalancedAllocation"),
        new("ImageLocality"),
        new("DefaultBinder"),
    ];

    public static ProfilePlugins V1Beta3 { get; } = new()
    {
        QueueSort = EnabledAt(ExtensionPoint.QueueSort),
        PreFilter = EnabledAt(ExtensionPoint.PreFilter),
        Filter = EnabledAt(ExtensionPoint.Filter),
        PostFilter = EnabledAt(ExtensionPoint.PostFilter),
        PreScore = EnabledAt(ExtensionPoint.PreScore),
        Score = [.. MultiPoint.Where(static plugin => InTreePlugins.Find(plugin.Name)!.Points.Contains(ExtensionPoint.Score))],
        Reserve = EnabledAt(ExtensionPoint.Reserve),
        Permit = EnabledAt(ExtensionPoint.Permit),
        PreBind = EnabledAt(ExtensionPoint.PreBind),
        Bind = EnabledAt(ExtensionPoint.Bind),
        PostBind = EnabledAt(ExtensionPoint.PostBind),
    };

    public static ProfilePlugins V1Beta2 { get; } = V1Beta3 with
    {
        PreFilter = ["NodeResourcesFit", "NodePorts", "VolumeRestrictions", "PodTopologySpread", "InterPodAffinity", "VolumeBinding", "NodeAffinity"],
        PreScore = ["InterPodAffinity", "PodTopologySpread", "TaintToleration", "NodeAffinity"],
        Score =
        [
            new("NodeResourcesBalancedAllocation"),
            new("ImageLocality"),
            new("InterPodAffinity"),
            new("NodeResourcesFit"),
            new("NodeAffinity"),
            new("PodTopologySpread", 2),
            new("TaintToleration"),
        ],
    };

    private static ImmutableArray<string> EnabledAt(ExtensionPoint point) =>
        [.. MultiPoint.Select(static plugin => plugin.Name).Where(name => InTreePlugins.Find(name)!.Points.Contains(point))];
}
