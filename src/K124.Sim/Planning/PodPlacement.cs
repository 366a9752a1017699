using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning;

/// <summary>What a plan decides on one pod.</summary>
/// <param name="Pod">The pod as it was handed to the scheduler, admission defaults included.</param>
/// <param name="Source">What the pod comes from, for example <c>Deployment shop/web</c>; <c>Pod shop/debug</c> for a pod of the cluster.</param>
/// <param name="Result">The decision.</param>
public sealed record PodPlacement(Pod Pod, string Source, SchedulingResult Result)
{
    /// <summary>What led to the decision, taken just before it; null unless it was asked for.</summary>
    public SchedulingExplanation? Explanation { get; init; }
}
