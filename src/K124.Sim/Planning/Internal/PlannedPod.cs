using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>A pod to place, with what it comes from.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Source">What it comes from.</param>
/// <param name="Line">The StatefulSet whose pods are made one after the other, if it is one of them.</param>
/// <param name="IsMade">Whether the pod is there already, and is only to be placed.</param>
internal readonly record struct PlannedPod(Pod Pod, string Source, ObjectKey? Line = null, bool IsMade = false);
