using System.Collections.Immutable;
using K124.Sim.Planning.Bounds;

namespace K124.Sim.Planning.Growth;

/// <summary>Which nodes to add.</summary>
public sealed record GrowPlan
{
    /// <summary>Pods that are to be placed.</summary>
    public required int Pods { get; init; }

    /// <summary>Kinds of pods among them: what asks for the same and may go to the same nodes.</summary>
    public required int Shapes { get; init; }

    /// <summary>Pods among them that the cluster as it is has room for.</summary>
    public required int PlacedToday { get; init; }

    /// <summary>The answers, one for each way to decide; the planner's own is the first.</summary>
    public required ImmutableArray<GrowAnswer> Answers { get; init; }

    /// <summary>What any mix of the templates needs, in price.</summary>
    public required Certificate PriceBound { get; init; }

    /// <summary>The cheapest mix that was found by packing alone, without regard to spreading and the like; what a scheduler that packs could do.</summary>
    public required NodeMix BestPacking { get; init; }

    /// <summary>Pods that are refused or held back, and so are in none of the numbers.</summary>
    public ImmutableArray<PodsNotCreated> NotCreated { get; init; } = [];

    /// <summary>What the plan leaves out of account, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <summary>The nodes to add if the scheduler decides in one way.</summary>
/// <param name="Profile">Its name.</param>
/// <param name="Options">The answer for each template alone, in the order of the request.</param>
/// <param name="Cheapest">The cheapest nodes that were found, of one template or several, with the placement; null if no number of nodes does.</param>
public sealed record GrowAnswer(string Profile, ImmutableArray<GrowOption> Options, GrowMix? Cheapest);

/// <summary>Numbers of nodes by template.</summary>
/// <param name="Nodes">Numbers of nodes, in the order of the templates; those of which there are none are left out.</param>
/// <param name="Price">What they cost together.</param>
/// <param name="IsComplete">Whether all pods are on them.</param>
public sealed record NodeMix(ImmutableArray<TemplateCount> Nodes, decimal Price, bool IsComplete);

/// <summary>A number of nodes of one template.</summary>
/// <param name="Template">Name of the template.</param>
/// <param name="Count">The number.</param>
public readonly record struct TemplateCount(string Template, int Count);

/// <summary>Nodes with which the scheduler places all pods.</summary>
/// <param name="Mix">The nodes.</param>
/// <param name="Placements">Where each pod goes.</param>
/// <param name="Utilization">Each node's resources before the first pod and after the last.</param>
public sealed record GrowMix(NodeMix Mix, ImmutableArray<PodPlacement> Placements, ImmutableArray<NodeUtilization> Utilization);

/// <summary>How many nodes of one template do.</summary>
public sealed record GrowOption
{
    /// <summary>Name of the template.</summary>
    public required string Template { get; init; }

    /// <summary>The least number of nodes for which the scheduler places all pods; null if no number that was tried does.</summary>
    public required int? FirstNodes { get; init; }

    /// <summary>The number from which on all that were tried do, up to <see cref="TriedUpTo"/>; null if there is none. More nodes do not always do where
    /// fewer do: spread constraints see more domains.</summary>
    public required int? StableFrom { get; init; }

    /// <summary>The greatest number that was tried.</summary>
    public required int TriedUpTo { get; init; }

    /// <summary>Whether every number from the bound to <see cref="FirstNodes"/> was tried, so that it is the first.</summary>
    public required bool IsExhaustive { get; init; }

    /// <summary>What the nodes cost.</summary>
    public required decimal? Price { get; init; }

    /// <summary>Below how many nobody can place the pods, whatever the order.</summary>
    public required Certificate Bound { get; init; }

    /// <summary>What the best packing that was found needs, without regard to spreading and the like; null if these nodes cannot take all.</summary>
    public required int? BestPacking { get; init; }

    /// <summary>How many nodes more than the bound the scheduler needs.</summary>
    public int? Gap => FirstNodes - (int)Bound.Bound;

    /// <summary>The numbers that were tried, each with the first pod that found no node.</summary>
    public required ImmutableArray<GrowStep> Steps { get; init; }

    /// <summary>The first number of nodes for each seed, with ties drawn at random.</summary>
    public ImmutableArray<int?> FirstNodesBySeed { get; init; } = [];
}

/// <summary>A number of nodes that was tried.</summary>
/// <param name="Nodes">The number.</param>
/// <param name="Placed">Pods that found a node.</param>
/// <param name="Failure">The first pod that found none; null if all did.</param>
public sealed record GrowStep(int Nodes, int Placed, PodPlacement? Failure);
