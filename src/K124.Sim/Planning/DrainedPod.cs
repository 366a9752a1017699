using K124.Sim.Model;

namespace K124.Sim.Planning;

/// <summary>A pod of a node that is drained.</summary>
/// <param name="Pod">The pod as it was.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Reason">Why it stays or is blocked; empty otherwise.</param>
/// <param name="Replacement">The pod that takes its place, with the decision on it; null if there is none.</param>
public sealed record DrainedPod(Pod Pod, DrainFate Fate, string Reason = "", PodPlacement? Replacement = null);
