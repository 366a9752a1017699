using System.Collections.Immutable;

namespace K124.Sim.Planning.Failures;

/// <summary>What happens when nodes are lost.</summary>
public sealed record SurvivePlan
{
    /// <summary>One entry for each loss, the worst first: most pods without a node, then most lost for good, then most broken budgets, then most evicted.</summary>
    public required ImmutableArray<FailureOutcome> Failures { get; init; }

    /// <summary>How many losses there are in all, also those that were not gone through.</summary>
    public required long Possible { get; init; }

    /// <summary>Whether after each loss all that was evicted finds a node.</summary>
    public bool SurvivesAll => Failures.All(static failure => failure.Survives);

    /// <summary>For each resource the least that is left free after a loss.</summary>
    public ImmutableArray<LeastRoom> LeastFree { get; init; } = [];

    /// <summary>For each shape the fewest replicas that still fit after a loss.</summary>
    public ImmutableArray<LeastRoom> LeastUnits { get; init; } = [];

    /// <summary>What the plan leaves out of account, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <summary>The least room after any loss.</summary>
/// <param name="Of">The resource, or the pod whose replicas are counted.</param>
/// <param name="Today">The amount, or number of replicas, with nothing lost.</param>
/// <param name="Least">The least after a loss.</param>
/// <param name="Failure">Name of that loss; empty if there is none.</param>
public sealed record LeastRoom(string Of, long Today, long Least, string Failure);

/// <summary>What one loss does.</summary>
public sealed record FailureOutcome
{
    /// <summary>Number of the loss, by which it can be asked for again: with the same cluster and request it is the same.</summary>
    public required int Index { get; init; }

    /// <summary>The node, the two nodes, or the label and its value.</summary>
    public required string Name { get; init; }

    /// <summary>How many nodes are lost.</summary>
    public required int Nodes { get; init; }

    /// <summary>Pods that controllers make anew elsewhere.</summary>
    public required int Evicted { get; init; }

    /// <summary>Those of them that find a node.</summary>
    public required int Placed { get; init; }

    /// <summary>Those of them that find none.</summary>
    public required int Pending { get; init; }

    /// <summary>Pods that nobody makes anew.</summary>
    public required int Lost { get; init; }

    /// <summary>Pods of DaemonSets and of the nodes themselves, which go with them.</summary>
    public required int Gone { get; init; }

    /// <summary>Why pods find no node, those for one reason together.</summary>
    public ImmutableArray<PendingGroup> Reasons { get; init; } = [];

    /// <summary>Budgets of which fewer pods are healthy than they demand.</summary>
    public ImmutableArray<BrokenBudget> BrokenBudgets { get; init; } = [];

    /// <summary>Whether all that was evicted finds a node, and nothing is lost for good.</summary>
    public bool Survives => Pending == 0 && Lost == 0;
}

/// <summary>Pods that find no node for one reason.</summary>
/// <param name="Source">What the first of them comes from.</param>
/// <param name="Pods">How many they are.</param>
/// <param name="Message">The text of 1.24.</param>
public sealed record PendingGroup(string Source, int Pods, string Message);

/// <summary>A budget that a loss breaks: losses ask no budget.</summary>
/// <param name="Budget">Namespace and name of the budget.</param>
/// <param name="Desired">Healthy pods that it demands.</param>
/// <param name="AtOnce">Healthy pods right after the loss.</param>
/// <param name="Later">Healthy pods once those that find a node run.</param>
public sealed record BrokenBudget(string Budget, int Desired, int AtOnce, int Later);
