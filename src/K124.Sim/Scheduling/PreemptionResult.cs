using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling;

/// <summary>What came of the search for pods to evict so that a pod fits. Nothing is evicted by it.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/defaultpreemption.</remarks>
public sealed record PreemptionResult
{
    /// <summary>How the search ended.</summary>
    public required PreemptionOutcome Outcome { get; init; }

    /// <summary>The sentence that 1.24 adds to the FailedScheduling message; empty if a node was nominated or the search failed.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether the pod had a nomination and loses it.</summary>
    public bool ClearsNominatedNodeName { get; init; }

    /// <summary>Nodes where evicting pods would help, in the order in which they were found, without budget violations first.</summary>
    public ImmutableArray<PreemptionCandidate> Candidates { get; init; } = [];

    /// <summary>Nodes where evicting every pod of lower priority would not help, or where the search failed (<see cref="StatusCode.Error"/>).</summary>
    public ImmutableArray<NodeRejection> Rejected
    {
        get
        {
            if (field.IsDefault)
            {
                field = RejectedReader?.Invoke() ?? [];
            }

            return field;
        }
        init;
    }

    /// <summary>Reads the rejected nodes when they are asked for.</summary>
    internal Func<ImmutableArray<NodeRejection>>? RejectedReader { get; init; }

    /// <summary>The candidates that are equal in every criterion and better than the others: 1.24 takes any one of them.</summary>
    public ImmutableArray<string> AcceptableNodes
    {
        get
        {
            if (field.IsDefault)
            {
                field = Nominated is null ? [] : [.. Algorithm.PreemptionComparison.Best(Candidates).Select(static candidate => candidate.NodeName)];
            }

            return field;
        }
        init;
    }

    /// <summary>The chosen candidate; null unless a node was nominated.</summary>
    public PreemptionCandidate? Nominated { get; init; }

    /// <summary>What set the chosen candidate apart from the last of the others; null unless one of <see cref="Candidates"/> was nominated.</summary>
    public PreemptionCriterion? DecidedBy => Nominated is null || !Candidates.Contains(Nominated) ? null : Algorithm.PreemptionComparison.DecidedBy(Candidates, Nominated);

    /// <summary>Pods of lower priority that were nominated to the chosen node and lose their nomination.</summary>
    public ImmutableArray<ObjectKey> ClearedNominations { get; init; } = [];
}
