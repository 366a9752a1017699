using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>A pod on a node, as the scheduler's cache holds it.</summary>
internal sealed class PodEntry(Pod pod, PodClass podClass, int row)
{
    public Pod Pod { get; } = pod;

    public PodClass Class { get; } = podClass;

    public int Row { get; } = row;

    public int Priority { get; } = pod.Spec.Priority ?? 0;
}
