using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.State;

/// <summary>A pod and the row of the node that it is on, or is nominated to.</summary>
internal readonly record struct PodEntry(Pod Pod, PodKind Kind, int Row)
{
    public int Priority => Pod.Spec.Priority ?? 0;
}
