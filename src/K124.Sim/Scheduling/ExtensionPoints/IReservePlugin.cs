using K124.Sim.Model;

namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>Sets aside what a pod needs on the node chosen for it.</summary>
public interface IReservePlugin : ISchedulerPlugin
{
    /// <summary>Sets aside, or refuses.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodeName">Name of the node.</param>
    /// <returns>An error, upon which the pod is forgotten; null if there is none.</returns>
    string? Reserve(Pod pod, string nodeName);

    /// <summary>Gives back what was set aside; must do no harm if nothing was.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodeName">Name of the node.</param>
    void Unreserve(Pod pod, string nodeName);
}
