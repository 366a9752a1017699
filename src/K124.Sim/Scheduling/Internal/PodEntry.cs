using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>A pod and the row of the node that it is on, or is nominated to.</summary>
internal readonly record struct PodEntry(Pod Pod, PodKind Kind, int Row)
{
    public int Priority => Pod.Spec.Priority ?? 0;
}
