using K124.Sim.Model;

namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>Looks at a pod once more before the feasible nodes, of which there are at least two, are scored.</summary>
public interface IPreScorePlugin : ISchedulerPlugin
{
    /// <summary>Checks the pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>An error that fails the attempt; null if there is none.</returns>
    string? PreScore(Pod pod);
}
