using System.Collections.Frozen;
using System.Collections.Immutable;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;
using static K124.Sim.Scheduling.Configuration.ExtensionPoint;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Every plugin of 1.24 by name, and how it is made.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins (NewInTreeRegistry).</remarks>
internal static class InTreePlugins
{
    private static readonly FrozenDictionary<string, InTreePlugin> ByName = new InTreePlugin[]
    {
        // The queue and the binding cycle are not part of an attempt: these two are known by name alone.
        new("PrioritySort", [QueueSort]),
        new("DefaultBinder", [Bind]),

        new("NodeUnschedulable", [Filter], static context => new NodeUnschedulable(context.Nodes)),
        new("NodeName", [Filter], static context => new NodeName(context.Nodes)),
        new("TaintToleration", [Filter, PreScore, Score], static context => new TaintToleration(context.Nodes, context.Index)),
        new("NodeAffinity", [PreFilter, Filter, PreScore, Score], static context => new NodeAffinity(context.Nodes, context.Profile.NodeAffinityArgs, context.Index)),
        new("NodePorts", [PreFilter, Filter], static context => new NodePorts(context.Nodes)),
        new("NodeResourcesFit", [PreFilter, Filter, Score], static context => new NodeResourcesFit(
            context.Nodes, context.State.Resources, context.Profile.NodeResourcesFitArgs, context.Index)),
        new("PodTopologySpread", [PreFilter, Filter, PreScore, Score], static context => new PodTopologySpread(
            context.State, context.State.DefaultSelector, context.Options.Release, context.Options.FeatureGates.IsEnabled("MinDomainsInPodTopologySpread"), context.Profile.PodTopologySpreadArgs, context.Index)),
        new("InterPodAffinity", [PreFilter, Filter, PreScore, Score], static context => new InterPodAffinity(
            context.State, context.Profile.InterPodAffinityArgs, context.Index)),
        new("DefaultPreemption", [PostFilter], static context => new DefaultPreemption(context.Framework, context.State, context.Profile.DefaultPreemptionArgs, context.Options.Configuration.Extenders)),
        new("NodeResourcesBalancedAllocation", [Score], static context => new NodeResourcesBalancedAllocation(
            context.Nodes, context.State.Resources, context.Profile.NodeResourcesBalancedAllocationArgs, context.Index)),
        new("ImageLocality", [Score], static context => new ImageLocality(context.State, context.Index)),

        new("VolumeRestrictions", [PreFilter, Filter], static context => new VolumeRestrictions(
            context.State.Volumes, context.Options.FeatureGates.IsEnabled("ReadWriteOncePod"))),
        new("EBSLimits", [Filter], static context => new EBSLimits(context.Nodes, context.State.Volumes, context.Options.MaxVolumesPerNode, context.Index)),
        new("GCEPDLimits", [Filter], static context => new GCEPDLimits(context.Nodes, context.State.Volumes, context.Options.MaxVolumesPerNode, context.Index)),
        new("NodeVolumeLimits", [Filter], static context => new NodeVolumeLimits(context.Nodes, context.State.Volumes, context.Index)),
        new("AzureDiskLimits", [Filter], static context => new AzureDiskLimits(context.Nodes, context.State.Volumes, context.Options.MaxVolumesPerNode, context.Index)),
        new("CinderLimits", [Filter], static context => new CinderLimits(context.Nodes, context.State.Volumes, context.Options.MaxVolumesPerNode, context.Index)),
        new("VolumeBinding", [PreFilter, Filter, Reserve, PreBind, Score], static context => new VolumeBinding(
            context.State.Volumes, context.Options.FeatureGates.IsEnabled("VolumeCapacityPriority") ? VolumeCapacityScoring.Of(context.Profile.VolumeBindingArgs.Shape) : null, context.Index)),
        new("VolumeZone", [Filter], static context => new VolumeZone(context.Nodes, context.State.Volumes, context.Index)),

        new("SelectorSpread", [PreScore, Score], static context => new SelectorSpread(context.State, context.Index)),
    }.ToFrozenDictionary(static plugin => plugin.Name, StringComparer.Ordinal);

    /// <summary>The plugin of a name, or null if 1.24 has none.</summary>
    public static InTreePlugin? Find(string name) => ByName.GetValueOrDefault(name);
}

/// <summary>A plugin of 1.24.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Points">The extension points that it takes part in.</param>
/// <param name="Create">Makes it for a profile; null if it does no work within an attempt.</param>
internal sealed record InTreePlugin(string Name, ImmutableArray<ExtensionPoint> Points, Func<PluginContext, IPlugin>? Create = null);

/// <summary>What a plugin is made from.</summary>
/// <param name="State">The cluster.</param>
/// <param name="Framework">The framework that it becomes part of; not complete yet.</param>
/// <param name="Profile">The profile, with the plugin's arguments.</param>
/// <param name="Options">The scheduler's options.</param>
/// <param name="Index">The plugin's place in <see cref="PodClass.PluginData"/>.</param>
internal sealed record PluginContext(SchedulerState State, Framework Framework, SchedulerProfile Profile, SchedulerOptions Options, int Index)
{
    public NodeTable Nodes => State.Nodes;
}
