using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Scheduling;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Cli.Output;

/// <summary>Everything that led to one decision.</summary>
internal sealed record ExplanationJson(
    ObjectKey Pod,
    string? Node,
    FailureJson? Failure,
    ImmutableArray<string>? PreFilterNodes,
    ImmutableArray<NodeVerdictJson> Rejected,
    ImmutableArray<NodeVolumesJson> Volumes,
    ImmutableArray<string> Feasible,
    ImmutableArray<NodeScoreJson> Scores,
    ImmutableArray<string> Best,
    ImmutableArray<string> Examined,
    PreemptionJson? Preemption)
{
    public static ExplanationJson Of(PodPlacement placement)
    {
        var explanation = placement.Explanation!;
        return new(
            ObjectKey.Of(placement.Pod),
            placement.Result.NodeName,
            FailureJson.Of(placement.Result),
            explanation.PreFilterNodes,
            [.. explanation.NodeStatuses.Select(static node => new NodeVerdictJson(node.NodeName, [.. node.Plugins.Select(PluginVerdictJson.Of)]))],
            [.. explanation.Volumes.Select(static node => new NodeVolumesJson(node.NodeName, [.. node.Claims.Select(ClaimJson.Of)]))],
            explanation.FeasibleNodes,
            [.. explanation.Scores.Select(static node => new NodeScoreJson(node.NodeName, node.Total, node.Plugins))],
            explanation.BestNodes,
            explanation.ExaminedNodes,
            PreemptionJson.Of(explanation.Result.Preemption));
    }
}

internal sealed record NodeVerdictJson(string Node, ImmutableArray<PluginVerdictJson> Plugins);

internal sealed record PluginVerdictJson(string Plugin, string Code, ImmutableArray<string> Reasons)
{
    public static PluginVerdictJson Of(PluginStatus status) => new(status.Plugin, status.Code.ToString(), status.Reasons);
}

internal sealed record NodeScoreJson(string Node, long Total, ImmutableArray<PluginScore> Plugins);

internal sealed record NodeVolumesJson(string Node, ImmutableArray<ClaimJson> Claims);

internal sealed record ClaimJson(ObjectKey Claim, string Verdict, string? Volume, ObjectKey? Capacity, ClosestStorage? ClosestVolume, ClosestStorage? ClosestCapacity)
{
    public static ClaimJson Of(ClaimExplanation claim) =>
        new(claim.Claim, claim.Verdict.ToString(), claim.VolumeName, claim.Capacity, claim.ClosestVolume, claim.ClosestCapacity);
}

/// <summary>The search for pods to evict, with what each candidate is compared by, in the order of comparison.</summary>
internal sealed record PreemptionJson(
    string Outcome, string Message, string? Nominated, string? DecidedBy, ImmutableArray<string> Acceptable, ImmutableArray<PreemptionCandidateJson> Candidates, ImmutableArray<NodeVerdictJson> Rejected)
{
    public static PreemptionJson? Of(PreemptionResult? result) => result is null
        ? null
        : new(
            result.Outcome.ToString(),
            result.Message,
            result.Nominated?.NodeName,
            result.DecidedBy?.ToString(),
            result.AcceptableNodes,
            [.. result.Candidates.Select(PreemptionCandidateJson.Of)],
            [.. result.Rejected.Select(static node => new NodeVerdictJson(node.NodeName, [.. node.Plugins.Select(PluginVerdictJson.Of)]))]);
}

internal sealed record PreemptionCandidateJson(
    string Node, int BudgetViolations, int FirstVictimPriority, long PrioritySum, int VictimCount, DateTimeOffset? EarliestStartOfHighestPriority, ImmutableArray<ObjectKey> Victims)
{
    public static PreemptionCandidateJson Of(PreemptionCandidate candidate) => new(
        candidate.NodeName,
        candidate.PodDisruptionBudgetViolations,
        candidate.FirstVictimPriority,
        candidate.PrioritySum,
        candidate.Victims.Length,
        candidate.EarliestStartOfHighestPriority,
        [.. candidate.Victims.Select(static victim => ObjectKey.Of(victim))]);
}

/// <summary>The document of <c>k124 explain</c>.</summary>
internal sealed record ExplanationDocumentJson(string ApiVersion, string Kind, string Release, ExplanationJson Explanation, ImmutableArray<IgnoredJson> Ignored);
