using System.Collections.Immutable;
using K124.Sim.Planning.Bounds;

namespace K124.Sim.Planning.Shrinking;

/// <summary>Which nodes can go, one after the other, and what holds the others.</summary>
public sealed record ShrinkPlan
{
    /// <summary>The nodes that go, in this order; each step starts where the one before it ended.</summary>
    public required ImmutableArray<ShrinkStep> Steps { get; init; }

    /// <summary>The nodes that stay, and what holds each.</summary>
    public required ImmutableArray<KeptNode> Kept { get; init; }

    /// <summary>How many nodes have to stay, whatever the order: fewer have no room for the pods.</summary>
    public required Certificate Bound { get; init; }

    /// <summary>Each node's resources before and after; those that go are left out.</summary>
    public ImmutableArray<NodeUtilization> Utilization { get; init; } = [];

    /// <summary>What the plan leaves out of account, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <summary>A node that goes.</summary>
/// <param name="NodeName">Its name.</param>
/// <param name="Pods">What becomes of its pods.</param>
public sealed record ShrinkStep(string NodeName, ImmutableArray<DrainedPod> Pods);

/// <summary>A node that stays.</summary>
/// <param name="NodeName">Its name.</param>
/// <param name="Blocker">What kind of thing holds it.</param>
/// <param name="Pod">The pod that cannot go; empty if it is not one.</param>
/// <param name="Reason">Why, in the words of 1.24 or of kubectl where they have any.</param>
public sealed record KeptNode(string NodeName, ShrinkBlocker Blocker, string Pod, string Reason);

/// <summary>What holds a node.</summary>
public enum ShrinkBlocker
{
    /// <summary>It was not to go, or enough others went.</summary>
    NotAsked,

    /// <summary>A pod that no controller makes anew.</summary>
    BarePod,

    /// <summary>A disruption budget never lets a pod go.</summary>
    DisruptionBudget,

    /// <summary>A pod's volume or its claim is reached from no other node.</summary>
    Volume,

    /// <summary>Affinity, anti-affinity, spread constraints, node selectors or taints keep a pod from every other node.</summary>
    Placement,

    /// <summary>There is no room for a pod elsewhere.</summary>
    Room,
}
