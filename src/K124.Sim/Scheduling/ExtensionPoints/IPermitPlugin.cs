using K124.Sim.Model;

namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>Has the last word on a pod before it is bound. Waiting is not modelled: the word is yes or no.</summary>
public interface IPermitPlugin : ISchedulerPlugin
{
    /// <summary>Lets the pod be bound, or rejects it.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodeName">Name of the node.</param>
    /// <returns>Why it is rejected; null if it may be bound.</returns>
    string? Permit(Pod pod, string nodeName);
}
