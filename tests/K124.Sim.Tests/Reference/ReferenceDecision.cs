using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>Victims on a node.</summary>
public sealed record ReferenceCandidate(string NodeName, IReadOnlyList<ReferencePod> Victims, int Violations)
{
    public long PrioritySum => Victims.Sum(static victim => victim.Priority + 2_147_483_648L);

    public DateTimeOffset? EarliestStart => Victims.Where(victim => victim.Priority == Victims.Max(static v => v.Priority)).Min(static victim => victim.Pod.Status.StartTime);
}

/// <summary>What preemption came to.</summary>
public sealed record ReferencePreemptionResult(string Outcome, string Message = "")
{
    public IReadOnlyList<ReferenceCandidate> Candidates { get; init; } = [];

    public IReadOnlyList<(string Node, IReadOnlyList<ReferenceStatus> Statuses)> Rejected { get; init; } = [];

    public IReadOnlyList<string> Acceptable { get; init; } = [];

    public ReferenceCandidate? Nominated { get; init; }

    public IReadOnlyList<ObjectKey> Cleared { get; init; } = [];
}

/// <summary>A decision of the reference scheduler.</summary>
public sealed record ReferenceDecision(string Outcome, string? NodeName, string Message)
{
    public IReadOnlyList<(string Node, IReadOnlyList<ReferenceStatus> Statuses)> Statuses { get; init; } = [];

    public IReadOnlyList<string> Feasible { get; init; } = [];

    public IReadOnlyList<(string Node, IReadOnlyList<(string Plugin, long Score, int Weight)> Plugins)> Scores { get; init; } = [];

    public IReadOnlyList<string> Best { get; init; } = [];

    public ReferencePreemptionResult? Preemption { get; init; }
}
