using System.Text.RegularExpressions;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Tests.Scheduling.Guard;

/// <summary>A decision as text, line by line the same for the library and the reference.</summary>
internal static partial class DecisionText
{
    public static string Of(ReferenceDecision d, bool isExplained) => Lines(
    [
        d.Outcome, d.NodeName ?? "", Message(d.Message),
        .. (d.Outcome != "Error" && (isExplained || d.NodeName is null) ? d.Statuses : []).Select(static s => Message($"{s.Node}: {string.Join("; ", s.Statuses)}")).Order(StringComparer.Ordinal),
        .. isExplained && d.Outcome == "Scheduled" ? [$"feasible {string.Join(",", d.Feasible)} best {string.Join(",", d.Best)}"] : Array.Empty<string>(),
        .. (isExplained ? d.Scores : []).Select(static s => $"{s.Node} {string.Join(",", s.Plugins.OrderBy(static p => p.Plugin, StringComparer.Ordinal))}"),
        .. d.Preemption is { } p
            ? [p.Outcome, Message(p.Message), Lines(p.Candidates.Select(Of)), string.Join(",", p.Acceptable), p.Nominated?.NodeName ?? "", string.Join(",", p.Cleared),
                Lines(p.Rejected.Select(static s => $"{s.Node}: {string.Join("; ", s.Statuses)}"))]
            : Array.Empty<string>(),
    ]);

    public static string Of(SchedulingExplanation e) => Lines(
    [
        Head(e.Result),
        .. (e.Result.Outcome == SchedulingOutcome.Error ? [] : e.NodeStatuses).Select(static s => Message(s.ToString())).Order(StringComparer.Ordinal),
        .. e.Result.IsScheduled ? [$"feasible {string.Join(",", e.FeasibleNodes)} best {string.Join(",", e.BestNodes)}"] : Array.Empty<string>(),
        .. e.Scores.Select(static s => $"{s.NodeName} {string.Join(",", s.Plugins.OrderBy(static p => p.Plugin, StringComparer.Ordinal).Select(static p => (p.Plugin, p.Score, p.Weight)))}"),
        .. Of(e.Result.Preemption),
    ]);

    public static string Of(SchedulingResult r) => Lines(
        [Head(r), .. r.NodeStatuses.Select(static s => Message(s.ToString())).Order(StringComparer.Ordinal), .. Of(r.Preemption)]);

    public static IEnumerable<string> Differences(string expected, string actual) =>
    [
        .. expected.Split('\n').Except(actual.Split('\n')).Select(static line => "  reference: " + line),
        .. actual.Split('\n').Except(expected.Split('\n')).Select(static line => "  scheduler: " + line),
    ];

    private static string[] Of(PreemptionResult? p) => p is null
        ? []
        : [p.Outcome.ToString(), Message(p.Message), Lines(p.Candidates.Select(Of)), string.Join(",", p.AcceptableNodes), p.Nominated?.NodeName ?? "", string.Join(",", p.ClearedNominations),
            Lines(p.Rejected.Select(static s => s.ToString()))];

    private static string Of(ReferenceCandidate c) =>
        $"{c.NodeName} {string.Join(",", c.Victims.Select(static v => v.Key))} {c.Violations} {c.Victims[0].Priority} {c.PrioritySum} {c.EarliestStart}";

    private static string Of(PreemptionCandidate c) =>
        $"{c.NodeName} {string.Join(",", c.Victims.Select(static v => ObjectKey.Of(v)))} {c.PodDisruptionBudgetViolations} {c.FirstVictimPriority} {c.PrioritySum} {c.EarliestStartOfHighestPriority}";

    private static string Head(SchedulingResult r) => Lines([r.Outcome.ToString(), r.NodeName ?? "", Message(r.Message)]);

    /// <summary>The text without what a parser says of its input: only its place is compared.</summary>
    private static string Message(string text) => WordsOfParsers().Replace(text, "");

    private static string Lines(IEnumerable<string> lines) => string.Join("\n", lines);

    [GeneratedRegex("""(?<=^running PreScore plugin "\w+": ).*|(?<=parsing pod: ).*?(?=\)$|\. preemption: )""")]
    private static partial Regex WordsOfParsers();
}
