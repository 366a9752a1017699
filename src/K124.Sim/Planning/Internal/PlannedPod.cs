using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>A pod to place, with what it comes from.</summary>
internal readonly record struct PlannedPod(Pod Pod, string Source);
