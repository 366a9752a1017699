using K124.Sim.Model;

namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>Looks at a pod once, before any node.</summary>
public interface IPreFilterPlugin : ISchedulerPlugin
{
    /// <summary>Lets the pod pass, or rejects it on all nodes.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>Null if it passes.</returns>
    PluginVerdict? PreFilter(Pod pod);
}
