namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>What a plugin looks at to judge a node: the less it is, the more of an earlier judgement the scheduler can keep.</summary>
public enum PluginDependence
{
    /// <summary>Anything: the plugin is asked anew about every node, for every pod.</summary>
    Anything,

    /// <summary>The node object: the plugin is asked once for each node and kind of pod, until the node object changes.</summary>
    NodeObject,

    /// <summary>The node object and the pods on that node: the plugin is asked again about nodes where pods come or go.</summary>
    NodeAndItsPods,
}
