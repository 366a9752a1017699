using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling;

/// <summary>A node where evicting pods would make room, with what 1.24 compares to choose among such nodes.</summary>
/// <remarks>Compared in the order of the members from <see cref="PodDisruptionBudgetViolations"/> on.
/// Kubernetes 1.24 pkg/scheduler/framework/preemption (pickOneNodeForPreemption).</remarks>
public sealed record PreemptionCandidate
{
    /// <summary>Name of the node.</summary>
    public required string NodeName { get; init; }

    /// <summary>Pods to evict: those that violate a budget first, in each group from the most to the least important.</summary>
    public required ImmutableArray<Pod> Victims { get; init; }

    /// <summary>Victims whose eviction violates a PodDisruptionBudget; fewest wins.</summary>
    public required int PodDisruptionBudgetViolations { get; init; }

    /// <summary>Priority of the first victim; lowest wins. With budget violations it need not be the highest of all.</summary>
    public required int FirstVictimPriority { get; init; }

    /// <summary>Sum over the victims of priority + 2³¹; smallest wins.</summary>
    public required long PrioritySum { get; init; }

    /// <summary>Earliest start among the victims of the highest priority; latest wins. Null if none has started, which is latest of all.</summary>
    public required DateTimeOffset? EarliestStartOfHighestPriority { get; init; }

    /// <inheritdoc/>
    public bool Equals(PreemptionCandidate? other) =>
        other is not null && NodeName == other.NodeName && Victims.SequenceEqual(other.Victims) && PodDisruptionBudgetViolations == other.PodDisruptionBudgetViolations;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NodeName, Victims.Length, PodDisruptionBudgetViolations);
}
