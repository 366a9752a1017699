using K124.Sim.Model;

namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>Says which nodes can take a pod.</summary>
public interface IFilterPlugin : ISchedulerPlugin
{
    /// <summary>Lets a node pass, or rejects it. Also asked while victims of preemption are off the node or nominated pods on it.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="node">The node.</param>
    /// <returns>Null if it passes.</returns>
    PluginVerdict? Filter(Pod pod, NodeView node);
}
