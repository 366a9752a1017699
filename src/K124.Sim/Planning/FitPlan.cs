using System.Collections.Immutable;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning;

/// <summary>How many replicas of a pod fit, where, and what stops the next one.</summary>
public sealed record FitPlan
{
    /// <summary>Replicas that fit; at most as many as were asked for.</summary>
    public required int Replicas { get; init; }

    /// <summary>Replicas per node, greatest number first, then by name; nodes without any are left out.</summary>
    public required ImmutableArray<NodeReplicas> Nodes { get; init; }

    /// <summary>The attempt to place one replica more; null if the asked-for number was reached.</summary>
    public SchedulingResult? Next { get; init; }

    /// <summary>Each node's resources before the first replica and after the last.</summary>
    public required ImmutableArray<NodeUtilization> Utilization { get; init; }

    /// <summary>What the plan leaves out of account, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}
