using System.Collections.Immutable;
using K124.Sim.Scheduling.Algorithm.Failures;

namespace K124.Sim.Scheduling;

/// <summary>What came of an attempt to place a pod.</summary>
public sealed class SchedulingResult
{
    private readonly NodeStatusReader? _nodeStatusReader;
    private ImmutableArray<NodeRejection> _nodeStatuses;

    private SchedulingResult(SchedulingOutcome outcome, string? nodeName, string message, NodeStatusReader? nodeStatusReader)
    {
        Outcome = outcome;
        NodeName = nodeName;
        Message = message;
        _nodeStatusReader = nodeStatusReader;
    }

    /// <summary>How the attempt ended.</summary>
    public SchedulingOutcome Outcome { get; }

    /// <summary>Whether a node was chosen.</summary>
    public bool IsScheduled => Outcome == SchedulingOutcome.Scheduled;

    /// <summary>The chosen node; null if none was.</summary>
    public string? NodeName { get; }

    /// <summary>The text of 1.24's PodScheduled condition, preemption included; empty if a node was chosen.</summary>
    public string Message { get; }

    /// <summary>Nodes found feasible; at most as many as the search looks for.</summary>
    public int FeasibleNodes { get; private init; }

    /// <summary>Nodes examined in the search.</summary>
    public int EvaluatedNodes { get; private init; }

    /// <summary>A plugin's objection to the pod as a whole; null if nodes were examined.</summary>
    public PluginStatus? PreFilterStatus { get; private init; }

    /// <summary>What the search for pods to evict came to; null unless the pod is unschedulable, there are nodes, and the profile has a plugin for it.</summary>
    public PreemptionResult? Preemption { get; private init; }

    /// <summary>The distinct reasons of all nodes, in the order of the message; empty unless the pod is unschedulable.</summary>
    public ImmutableArray<ReasonCount> Reasons { get; private init; } = [];

    /// <summary>Why each examined node was not feasible, in the order of examination; empty unless the pod is unschedulable.</summary>
    public ImmutableArray<NodeRejection> NodeStatuses
    {
        get
        {
            if (_nodeStatuses.IsDefault)
            {
                _nodeStatuses = _nodeStatusReader?.Read() ?? [];
            }

            return _nodeStatuses;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => IsScheduled ? $"{Outcome} on {NodeName}" : $"{Outcome}: {Message}";

    internal static SchedulingResult Scheduled(string nodeName, int feasibleNodes, int evaluatedNodes) =>
        new(SchedulingOutcome.Scheduled, nodeName, "", null) { FeasibleNodes = feasibleNodes, EvaluatedNodes = evaluatedNodes };

    internal static SchedulingResult Failed(string error) => new(SchedulingOutcome.Error, null, error, null);

    internal static SchedulingResult Rejected(string reason) => new(SchedulingOutcome.Unschedulable, null, reason, null);

    internal static SchedulingResult NoNodes() => new(SchedulingOutcome.Unschedulable, null, "no nodes available to schedule pods", null);

    internal static SchedulingResult Ignored(string schedulerName) =>
        new(SchedulingOutcome.Ignored, null, $"profile not found for scheduler name \"{schedulerName}\"", null);

    internal static SchedulingResult Unschedulable(
        int nodeCount, int evaluatedNodes, Diagnosis diagnosis, PluginStatus? preFilterStatus, PreemptionResult? preemption)
    {
        var suffix = preemption is { Message.Length: > 0 } ? " " + preemption.Message : "";
        return new(
            SchedulingOutcome.Unschedulable, null, $"0/{nodeCount} nodes are available: {diagnosis.Statuses.Histogram}.{suffix}", diagnosis.Reader())
        {
            EvaluatedNodes = evaluatedNodes,
            Reasons = diagnosis.Statuses.Reasons,
            PreFilterStatus = preFilterStatus,
            Preemption = preemption,
        };
    }

    /// <summary>The same for an attempt that began to examine nodes elsewhere.</summary>
    internal SchedulingResult From(Diagnosis diagnosis) => new(Outcome, NodeName, Message, diagnosis.Reader())
    {
        EvaluatedNodes = EvaluatedNodes,
        Reasons = Reasons,
        PreFilterStatus = PreFilterStatus,
        Preemption = Preemption,
    };
}
