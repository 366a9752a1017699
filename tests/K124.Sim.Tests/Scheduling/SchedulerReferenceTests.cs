using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Tests.Scheduling;

public sealed class SchedulerReferenceTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly string[] Releases = ["1.24.0", "1.24.4", "1.24.17"];

    [Property(MaxTest = 1000, QuietOnSuccess = true)]
    public void Scheduler_equals_the_reference_in_every_operation(FsCheck.DoNotSize<int> seed) => Releases.ToList().ForEach(release => Compare(seed.Item, release, []));

    [Fact]
    public void Generator_reaches_the_hard_cases()
    {
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Enumerable.Range(0, 300).ToList().ForEach(seed => Compare(seed, "1.24.4", seen));
        output.WriteLine(string.Join("\n", seen));
        string[] required =
        [
            "Scheduled", "Unschedulable", "Preemption Nominated", "Preemption NoCandidates", "Preemption Ineligible", "NodeUnschedulable", "TaintToleration",
            "NodeAffinity", "NodePorts", "NodeResourcesFit", "PodTopologySpread", "InterPodAffinity", "Ties", "Budget violations", "Cleared nominations",
        ];
        Assert.Empty(required.Except(seen.Keys));
    }

    private static void Compare(int seed, string release, SortedDictionary<string, int> seen)
    {
        var dice = new ClusterDice(seed);
        var cluster = dice.Cluster();
        var scheduler = new Scheduler(cluster, new() { Release = KubernetesRelease.Parse(release) });
        var reference = new ReferenceScheduler(cluster, KubernetesRelease.Parse(release));
        var placed = new List<ObjectKey>();
        for (var step = 0; step < 6; step++)
        {
            var pod = dice.Pod();
            AssertEqual((seed, release, step), Text(reference.Explain(pod), true), Text(scheduler.Explain(pod)));
            var (expected, actual) = (reference.Schedule(pod), scheduler.Schedule(pod));
            AssertEqual((seed, release, step), Text(expected, false), Text(actual));
            Tally(seen, expected);
            if (actual.NodeName is { } node && dice.Chance(80))
            {
                scheduler.Assume(pod, node);
                reference.Assume(pod, node);
                placed.Add(ObjectKey.Of(pod));
            }
            else if (actual.NodeName is null)
            {
                var target = actual.Preemption?.Nominated?.NodeName ?? cluster.Nodes.First().Metadata.Name;
                scheduler.Nominate(pod, target);
                reference.Nominate(pod, target);
                if (dice.Chance(20))
                {
                    scheduler.ClearNomination(ObjectKey.Of(pod));
                    reference.ClearNomination(ObjectKey.Of(pod));
                }
            }

            if (placed.Count > 0 && dice.Chance(20))
            {
                scheduler.Forget(placed[0]);
                reference.Forget(placed[0]);
                placed.RemoveAt(0);
            }
        }
    }

    private static void AssertEqual((int Seed, string Release, int Step) at, string expected, string actual) =>
        Assert.True(expected == actual, $"{at}: {Lines(expected.Split('\n').Except(actual.Split('\n')).Select(static line => "reference: " + line).Concat(actual.Split('\n').Except(expected.Split('\n')).Select(static line => "scheduler: " + line)))}");

    private static void Tally(SortedDictionary<string, int> seen, ReferenceDecision decision)
    {
        void Count(string what) => seen[what] = seen.GetValueOrDefault(what) + 1;
        Count(decision.Outcome);
        decision.Statuses.SelectMany(static entry => entry.Statuses).Select(static status => status.Plugin).Distinct().ToList().ForEach(Count);
        if (decision.Best.Count > 1)
        {
            Count("Ties");
        }

        if (decision.Preemption is { } preemption)
        {
            Count($"Preemption {preemption.Outcome}");
            if (preemption.Candidates.Any(static candidate => candidate.Violations > 0))
            {
                Count("Budget violations");
            }

            if (preemption.Cleared.Count > 0)
            {
                Count("Cleared nominations");
            }
        }
    }

    // The cause of an error within PreScore is worded by the parser: only its place is compared.
    private static string Message(string text) => text.StartsWith("running PreScore", StringComparison.Ordinal) ? text[..(text.IndexOf(':', StringComparison.Ordinal) + 2)] : text;

    private static string Lines(IEnumerable<string> lines) => string.Join("\n", lines);

    private static string Text(ReferenceDecision d, bool explained) => Lines(
    [
        d.Outcome, d.NodeName ?? "", Message(d.Message),
        .. (d.Outcome != "Error" && (explained || d.NodeName is null) ? d.Statuses : []).Select(static s => $"{s.Node}: {string.Join("; ", s.Statuses)}").Order(StringComparer.Ordinal),
        .. explained && d.Outcome == "Scheduled" ? [$"feasible {string.Join(",", d.Feasible)} best {string.Join(",", d.Best)}"] : Array.Empty<string>(),
        .. (explained ? d.Scores : []).Select(static s => $"{s.Node} {string.Join(",", s.Plugins.OrderBy(static p => p.Plugin, StringComparer.Ordinal))}"),
        .. d.Preemption is { } p
            ? [p.Outcome, p.Message, Lines(p.Candidates.Select(Text)), string.Join(",", p.Acceptable), p.Nominated?.NodeName ?? "", string.Join(",", p.Cleared),
                Lines(p.Rejected.Select(static s => $"{s.Node}: {string.Join("; ", s.Statuses)}"))]
            : Array.Empty<string>(),
    ]);

    private static string Text(SchedulingExplanation e) => Lines(
    [
        Head(e.Result),
        .. (e.Result.Outcome == SchedulingOutcome.Error ? [] : e.NodeStatuses).Select(static s => s.ToString()).Order(StringComparer.Ordinal),
        .. e.Result.IsScheduled ? [$"feasible {string.Join(",", e.FeasibleNodes)} best {string.Join(",", e.BestNodes)}"] : Array.Empty<string>(),
        .. e.Scores.Select(static s => $"{s.NodeName} {string.Join(",", s.Plugins.OrderBy(static p => p.Plugin, StringComparer.Ordinal).Select(static p => (p.Plugin, p.Score, p.Weight)))}"),
        .. Preemption(e.Result.Preemption),
    ]);

    private static string Text(SchedulingResult r) => Lines(
        [Head(r), .. r.NodeStatuses.Select(static s => s.ToString()).Order(StringComparer.Ordinal), .. Preemption(r.Preemption)]);

    private static string Head(SchedulingResult r) => Lines([r.Outcome.ToString(), r.NodeName ?? "", Message(r.Message)]);

    private static string[] Preemption(PreemptionResult? p) => p is null
        ? []
        : [p.Outcome.ToString(), p.Message, Lines(p.Candidates.Select(Text)), string.Join(",", p.AcceptableNodes), p.Nominated?.NodeName ?? "", string.Join(",", p.ClearedNominations),
            Lines(p.Rejected.Select(static s => s.ToString()))];

    private static string Text(ReferenceCandidate c) =>
        $"{c.NodeName} {string.Join(",", c.Victims.Select(static v => v.Key))} {c.Violations} {c.Victims[0].Priority} {c.PrioritySum} {c.EarliestStart}";

    private static string Text(PreemptionCandidate c) =>
        $"{c.NodeName} {string.Join(",", c.Victims.Select(static v => ObjectKey.Of(v)))} {c.PodDisruptionBudgetViolations} {c.FirstVictimPriority} {c.PrioritySum} {c.EarliestStartOfHighestPriority}";
}
