using System.Collections.Immutable;

namespace K124.Sim.Planning.Upgrading;

/// <summary>How a rolling replacement of nodes goes.</summary>
public sealed record UpgradePlan
{
    /// <summary>Virtual time until the last thing happened.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The nodes, in the order in which their replacement began.</summary>
    public required ImmutableArray<UpgradeStep> Steps { get; init; }

    /// <summary>Nodes whose turn never came, since those before them were held.</summary>
    public required ImmutableArray<string> NotReached { get; init; }

    /// <summary>The most pods that waited for a node at one time.</summary>
    public required int MostPending { get; init; }

    /// <summary>Pods that wait for a node at the end, and why.</summary>
    public ImmutableArray<PodPlacement> PendingAtEnd { get; init; } = [];

    /// <summary>Whether all nodes were replaced, and no pod waits at the end.</summary>
    public bool Succeeds => NotReached.IsEmpty && PendingAtEnd.IsEmpty && Steps.All(static step => step.Blocker.Length == 0);

    /// <summary>What the plan leaves out of account, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <summary>The replacement of one node.</summary>
/// <param name="NodeName">The old node.</param>
/// <param name="Replacement">The new node; empty if it never came.</param>
/// <param name="Started">When its turn began.</param>
/// <param name="DrainStarted">When it was closed to pods.</param>
/// <param name="Ended">When it was gone and the new one there; null if it was held.</param>
/// <param name="Evicted">Pods that were evicted.</param>
/// <param name="RefusedEvictions">Evictions that a budget refused before it let them be.</param>
/// <param name="Blocker">What held it for good; empty if nothing did.</param>
public sealed record UpgradeStep(
    string NodeName, string Replacement, TimeSpan Started, TimeSpan DrainStarted, TimeSpan? Ended, int Evicted, int RefusedEvictions, string Blocker);
