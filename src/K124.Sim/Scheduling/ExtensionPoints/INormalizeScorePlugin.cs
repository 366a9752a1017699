using K124.Sim.Model;

namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>Brings the scores of all feasible nodes into the range from 0 to 100.</summary>
public interface INormalizeScorePlugin : IScorePlugin
{
    /// <summary>Changes the scores in place.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="scores">One score for each feasible node.</param>
    void NormalizeScore(Pod pod, Span<long> scores);
}
