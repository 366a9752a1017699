using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.ControlPlane;
using K124.Sim.Model;

namespace K124.Sim.Planning;

/// <summary>What a rollout comes to: how long it takes, what it needs meanwhile, and what holds it up.</summary>
public sealed record RolloutPlan
{
    /// <summary>When the change was made.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Time from the change until every workload of it is complete; null if that does not come.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>Time that was simulated.</summary>
    public required TimeSpan Simulated { get; init; }

    /// <summary>The workloads at the end.</summary>
    public required ImmutableArray<RolloutProgress> Workloads { get; init; }

    /// <summary>The workloads each time that one of them changed, in order.</summary>
    public required ImmutableArray<RolloutMoment> Moments { get; init; }

    /// <summary>Most pods of the workloads at one time, those that are ending included.</summary>
    public required int PeakPods { get; init; }

    /// <summary>Most nodes that carried pods of the workloads at one time.</summary>
    public required int PeakNodes { get; init; }

    /// <summary>Nodes like <see cref="NodeModel"/> that would have to be added so that no pod waits for room; null if no number helps.</summary>
    public required int? MissingNodes { get; init; }

    /// <summary>Name of the node that further nodes are taken to be like; empty if none were tried.</summary>
    public string NodeModel { get; init; } = "";

    /// <summary>What holds the rollout up, the commonest first.</summary>
    public required ImmutableArray<RolloutBlock> Blocks { get; init; }

    /// <summary>Budgets of the workloads' pods at their tightest.</summary>
    public required ImmutableArray<RolloutBudget> Budgets { get; init; }

    /// <summary>What the controllers and the scheduler reported of it.</summary>
    public required ImmutableArray<TimelineEntry> Events { get; init; }

    /// <summary>Objects that the API server refused.</summary>
    public required ImmutableArray<(ObjectKey Key, ApiStatus Refusal)> Refusals { get; init; }
}

/// <summary>How far a workload is.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Key">Namespace and name.</param>
/// <param name="Wanted">Pods that it is to have.</param>
/// <param name="Updated">Pods of the new template.</param>
/// <param name="Ready">Pods that are ready.</param>
/// <param name="Available">Pods that are available.</param>
/// <param name="IsComplete">Whether the rollout is complete, as <c>kubectl rollout status</c> sees it.</param>
public sealed record RolloutProgress(string Kind, ObjectKey Key, int Wanted, int Updated, int Ready, int Available, bool IsComplete);

/// <summary>The workloads at one time.</summary>
/// <param name="After">Time since the change.</param>
/// <param name="Workloads">The workloads.</param>
/// <param name="Pods">Their pods.</param>
/// <param name="Nodes">Nodes that carry them.</param>
/// <param name="Waiting">Pods of them that fit nowhere.</param>
public sealed record RolloutMoment(TimeSpan After, ImmutableArray<RolloutProgress> Workloads, int Pods, int Nodes, int Waiting);

/// <summary>Something that holds a rollout up.</summary>
/// <param name="Reason">Reason in one word: <c>Unschedulable</c>, <c>FailedCreate</c>, <c>ProgressDeadlineExceeded</c>, <c>Paused</c>, <c>OnDelete</c>.</param>
/// <param name="Object">The first object that it befell.</param>
/// <param name="Message">What the component said.</param>
/// <param name="IsOverAtEnd">Whether it has passed by the end.</param>
public sealed record RolloutBlock(string Reason, string Object, string Message, bool IsOverAtEnd);

/// <summary>A budget during a rollout. Rollouts do not ask budgets; what evicts meanwhile (a drain, the autoscaler of nodes) does.</summary>
/// <param name="Key">Namespace and name.</param>
/// <param name="LeastAllowed">Fewest disruptions that it allowed.</param>
/// <param name="LeastHealthy">Fewest healthy pods.</param>
/// <param name="Desired">Healthy pods that it wants.</param>
/// <param name="ClosedFor">How long it allowed none.</param>
public sealed record RolloutBudget(ObjectKey Key, int LeastAllowed, int LeastHealthy, int Desired, TimeSpan ClosedFor);
