using System.Collections.Immutable;

namespace K124.Sim.Planning;

/// <summary>What happens when a node is drained.</summary>
public sealed record DrainPlan
{
    /// <summary>Name of the node.</summary>
    public required string NodeName { get; init; }

    /// <summary>The node's pods: those that go in the order in which they go, then those that do not.</summary>
    public ImmutableArray<DrainedPod> Pods { get; init; } = [];

    /// <summary>Why nothing is done, in the words of <c>kubectl drain</c>; null if it is.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether the node gets empty, and all that takes the place of its pods finds room.</summary>
    public bool Succeeds => Refusal is null && Pods.All(static pod => pod.Fate is not (DrainFate.Unplaced or DrainFate.Blocked));

    /// <summary>Each node's resources before and after.</summary>
    public ImmutableArray<NodeUtilization> Utilization { get; init; } = [];

    /// <summary>What the plan leaves out of account, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}
