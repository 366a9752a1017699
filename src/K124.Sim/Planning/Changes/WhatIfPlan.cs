using System.Collections.Immutable;

namespace K124.Sim.Planning.Changes;

/// <summary>A cluster as it is, and as it would be.</summary>
public sealed record WhatIfPlan
{
    /// <summary>Today: each pod with its node, pending ones placed if they can be.</summary>
    public required ImmutableArray<PlacedPod> Before { get; init; }

    /// <summary>The same with what is to be different.</summary>
    public required ImmutableArray<PlacedPod> After { get; init; }

    /// <summary>The pods that differ.</summary>
    public required PlacementDifference Difference { get; init; }

    /// <summary>Pods that were evicted for others of higher priority, in that order.</summary>
    public ImmutableArray<PreemptedPod> Preempted { get; init; } = [];

    /// <summary>Each node's resources today and with what is to be different.</summary>
    public ImmutableArray<NodeUtilization> Utilization { get; init; } = [];

    /// <summary>What the plan leaves out of account, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <summary>A pod that was evicted for another.</summary>
/// <param name="Pod">Namespace and name.</param>
/// <param name="NodeName">The node that it was on.</param>
/// <param name="For">Namespace and name of the other.</param>
public sealed record PreemptedPod(string Pod, string NodeName, string For);
