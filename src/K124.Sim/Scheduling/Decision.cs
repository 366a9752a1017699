namespace K124.Sim.Scheduling;

/// <summary>What came of an attempt to place a pod, in a form that costs nothing when a node was chosen.</summary>
public readonly record struct Decision
{
    internal Decision(string nodeName, int feasibleNodes, int evaluatedNodes)
    {
        Outcome = SchedulingOutcome.Scheduled;
        NodeName = nodeName;
        FeasibleNodes = feasibleNodes;
        EvaluatedNodes = evaluatedNodes;
    }

    internal Decision(SchedulingResult failure)
    {
        Outcome = failure.Outcome;
        EvaluatedNodes = failure.EvaluatedNodes;
        Failure = failure;
    }

    /// <summary>How the attempt ended.</summary>
    public SchedulingOutcome Outcome { get; }

    /// <summary>Whether a node was chosen.</summary>
    public bool IsScheduled => Outcome == SchedulingOutcome.Scheduled;

    /// <summary>The chosen node; null if none was.</summary>
    public string? NodeName { get; }

    /// <summary>Nodes found feasible; at most as many as the search looks for.</summary>
    public int FeasibleNodes { get; }

    /// <summary>Nodes examined in the search.</summary>
    public int EvaluatedNodes { get; }

    /// <summary>Why no node was chosen; null if one was.</summary>
    public SchedulingResult? Failure { get; }

    /// <summary>The same as a result.</summary>
    /// <returns>The result.</returns>
    public SchedulingResult ToResult() => Failure ?? SchedulingResult.Scheduled(NodeName!, FeasibleNodes, EvaluatedNodes);
}
