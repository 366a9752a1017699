using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.ExtensionPoints;

/// <summary>Is asked when no node can take a pod, to make room.</summary>
public interface IPostFilterPlugin : ISchedulerPlugin
{
    /// <summary>Searches for a way to make room.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="statuses">Why each node that was looked at cannot take it.</param>
    /// <returns>What came of it; with <see cref="PreemptionOutcome.Nominated"/> no further plugin is asked.</returns>
    PreemptionResult PostFilter(Pod pod, ImmutableArray<NodeRejection> statuses);
}
