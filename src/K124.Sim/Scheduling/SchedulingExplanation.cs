using System.Collections.Immutable;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Scheduling;

/// <summary>A decision with everything that led to it, over all nodes.</summary>
public sealed record SchedulingExplanation
{
    /// <summary>What comes of an attempt that examines all nodes.</summary>
    public required SchedulingResult Result { get; init; }

    /// <summary>The only nodes that were examined because the pod names them; null if all were.</summary>
    public ImmutableArray<string>? PreFilterNodes { get; init; }

    /// <summary>The nodes that an attempt examines before it has found as many feasible ones as it looks for, in their order; all, if it looks for all.
    /// The other members cover all nodes, whatever the search would leave out.</summary>
    public ImmutableArray<string> ExaminedNodes { get; init; } = [];

    /// <summary>Why each examined node that is not feasible is not, in the order of examination.</summary>
    public ImmutableArray<NodeRejection> NodeStatuses { get; init; } = [];

    /// <summary>What the pod's claims come to on each node, in the order of examination; empty if it has none, or none that can be used.</summary>
    public ImmutableArray<NodeVolumeExplanation> Volumes { get; init; } = [];

    /// <summary>The feasible nodes, in the order of examination.</summary>
    public ImmutableArray<string> FeasibleNodes { get; init; } = [];

    /// <summary>The scores of the feasible nodes; empty if there are fewer than two, since nothing is scored then.</summary>
    public ImmutableArray<NodeScore> Scores { get; init; } = [];

    /// <summary>The nodes with the greatest score, in the order of examination: 1.24 draws one of them.</summary>
    public ImmutableArray<string> BestNodes { get; init; } = [];
}
