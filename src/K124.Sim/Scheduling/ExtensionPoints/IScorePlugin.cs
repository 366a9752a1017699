using K124.Sim.Model;

namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>Says how good a feasible node is.</summary>
public interface IScorePlugin : ISchedulerPlugin
{
    /// <summary>Scores a node.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="node">The node.</param>
    /// <returns>From 0 to 100; any number if the plugin is an <see cref="INormalizeScorePlugin"/>.</returns>
    long Score(Pod pod, NodeView node);
}
