using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Queue;

/// <summary>Which events can undo the objection of which plugin.</summary>
/// <remarks>Kubernetes 1.24: EventsToRegister of each plugin. Immutable.</remarks>
public sealed class ClusterEventMap
{
    private static readonly ImmutableArray<ClusterEvent> Everything =
    [
        new(ClusterResource.Pod, ActionTypes.All),
        new(ClusterResource.Node, ActionTypes.All),
        new(ClusterResource.CSINode, ActionTypes.All),
        new(ClusterResource.PersistentVolume, ActionTypes.All),
        new(ClusterResource.PersistentVolumeClaim, ActionTypes.All),
        new(ClusterResource.StorageClass, ActionTypes.All),
    ];

    private readonly ImmutableDictionary<string, ImmutableArray<ClusterEvent>> _byPlugin;
    private readonly ImmutableDictionary<ClusterResource, ActionTypes> _handled;

    private ClusterEventMap(ImmutableDictionary<string, ImmutableArray<ClusterEvent>> byPlugin)
    {
        _byPlugin = byPlugin;

        // Plugins that register nothing, such as every binder, count as interested in Everything; each profile has one.
        _handled = byPlugin.Values.Append(Everything).SelectMany(static events => events)
            .GroupBy(static interest => interest.Resource)
            .ToImmutableDictionary(static group => group.Key, static group => group.Aggregate(ActionTypes.None, static (actions, interest) => actions | interest.Actions));
    }

    /// <summary>The plugins of 1.24.</summary>
    public static ClusterEventMap Default { get; } = new(DefaultInterests());

    /// <summary>Adds a plugin, or replaces what is registered for it.</summary>
    /// <param name="plugin">Name of the plugin.</param>
    /// <param name="events">The events that can undo its objection.</param>
    /// <returns>The map with the plugin.</returns>
    public ClusterEventMap With(string plugin, params ImmutableArray<ClusterEvent> events)
    {
        ArgumentException.ThrowIfNullOrEmpty(plugin);
        return new(_byPlugin.SetItem(plugin, events.IsDefault ? [] : events));
    }

    /// <summary>The events that can undo the objection of a plugin.</summary>
    /// <param name="plugin">Name of the plugin.</param>
    /// <returns>What it registered; all actions on pods, nodes, CSINodes, volumes, claims and storage classes if it registered nothing.</returns>
    public ImmutableArray<ClusterEvent> InterestsOf(string plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        return _byPlugin.TryGetValue(plugin, out var events) ? events : Everything;
    }

    /// <summary>Whether an event wakes a pod that failed on the given plugins.</summary>
    /// <param name="clusterEvent">What happened.</param>
    /// <param name="unschedulablePlugins">The plugins; none means that any event does.</param>
    /// <returns>True if it wakes the pod.</returns>
    public bool Wakes(ClusterEvent clusterEvent, ImmutableArray<string> unschedulablePlugins)
    {
        if (clusterEvent.IsWildcard || unschedulablePlugins.IsDefaultOrEmpty)
        {
            return true;
        }

        foreach (var plugin in unschedulablePlugins)
        {
            foreach (var interest in InterestsOf(plugin))
            {
                if (clusterEvent.Matches(interest))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether some plugin registered for the event, so that the scheduler listens for it at all.</summary>
    /// <param name="clusterEvent">What happened.</param>
    /// <returns>True if so.</returns>
    public bool IsHandled(ClusterEvent clusterEvent) =>
        (_handled.GetValueOrDefault(clusterEvent.Resource) & clusterEvent.Actions) != ActionTypes.None;

    private static ImmutableDictionary<string, ImmutableArray<ClusterEvent>> DefaultInterests()
    {
        var podDelete = ClusterEvent.AssignedPodDelete;
        var podAll = new ClusterEvent(ClusterResource.Pod, ActionTypes.All);
        const ActionTypes addOrUpdate = ActionTypes.Add | ActionTypes.Update;
        static ClusterEvent Node(ActionTypes actions) => new(ClusterResource.Node, actions);
        ImmutableArray<ClusterEvent> attachLimits = [Node(ActionTypes.Add), podDelete];
        return new Dictionary<string, ImmutableArray<ClusterEvent>>
        {
            ["NodeUnschedulable"] = [Node(ActionTypes.Add | ActionTypes.UpdateNodeTaint)],
            ["NodeName"] = [Node(addOrUpdate)],
            ["TaintToleration"] = [Node(addOrUpdate)],
            ["NodeAffinity"] = [Node(addOrUpdate)],
            ["NodePorts"] = [podDelete, Node(addOrUpdate)],
            ["NodeResourcesFit"] = [podDelete, Node(addOrUpdate)],
            ["PodTopologySpread"] = [podAll, Node(ActionTypes.Add | ActionTypes.Delete | ActionTypes.UpdateNodeLabel)],
            ["InterPodAffinity"] = [podAll, Node(ActionTypes.Add | ActionTypes.UpdateNodeLabel)],
            ["VolumeRestrictions"] = [podDelete, Node(ActionTypes.Add), new(ClusterResource.PersistentVolumeClaim, addOrUpdate)],
            ["NodeVolumeLimits"] = [new(ClusterResource.CSINode, ActionTypes.Add), podDelete],
            ["EBSLimits"] = attachLimits,
            ["GCEPDLimits"] = attachLimits,
            ["AzureDiskLimits"] = attachLimits,
            ["CinderLimits"] = attachLimits,
            ["VolumeBinding"] =
            [
                new(ClusterResource.StorageClass, addOrUpdate),
                new(ClusterResource.PersistentVolumeClaim, addOrUpdate),
                new(ClusterResource.PersistentVolume, addOrUpdate),
                Node(ActionTypes.Add | ActionTypes.UpdateNodeLabel),
                new(ClusterResource.CSINode, addOrUpdate),
                new(ClusterResource.CSIDriver, addOrUpdate),
                new(ClusterResource.CSIStorageCapacity, addOrUpdate),
            ],
            ["VolumeZone"] =
            [
                new(ClusterResource.StorageClass, ActionTypes.Add),
                Node(ActionTypes.Add | ActionTypes.UpdateNodeLabel),
                new(ClusterResource.PersistentVolumeClaim, ActionTypes.Add),
                new(ClusterResource.PersistentVolume, addOrUpdate),
            ],
        }.ToImmutableDictionary(StringComparer.Ordinal);
    }
}
