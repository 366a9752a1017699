using System.Collections.Immutable;
using FsCheck.Fluent;
using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Tests.Scheduling;

public sealed class PreemptionCriterionTests
{
    private static readonly DateTimeOffset Noon = new(2022, 5, 3, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The filters one after another, as 1.24 applies them.</summary>
    private static readonly (PreemptionCriterion Criterion, Func<PreemptionCandidate, long> Smallest)[] Filters =
    [
        (PreemptionCriterion.PodDisruptionBudgetViolations, static candidate => candidate.PodDisruptionBudgetViolations),
        (PreemptionCriterion.FirstVictimPriority, static candidate => candidate.FirstVictimPriority),
        (PreemptionCriterion.PrioritySum, static candidate => candidate.PrioritySum),
        (PreemptionCriterion.VictimCount, static candidate => candidate.Victims.Length),
        (PreemptionCriterion.EarliestStartOfHighestPriority, static candidate => -(candidate.EarliestStartOfHighestPriority ?? DateTimeOffset.MaxValue).Ticks),
    ];

    /// <summary>Nobody is nominated without a search; a foreign nominee says nothing about the candidates.</summary>
    [Fact]
    public void Nothing_decided_where_no_candidate_was_nominated()
    {
        Assert.Null(new PreemptionResult { Outcome = PreemptionOutcome.NoCandidates }.DecidedBy);
        Assert.Null(new PreemptionResult { Outcome = PreemptionOutcome.Nominated, Nominated = Candidate("x", 0) }.DecidedBy);
    }

    [Property(MaxTest = 1_000, QuietOnSuccess = true)]
    public FsCheck.Property The_criterion_is_the_filter_that_left_the_winner_alone() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>().Filter(static seeds => seeds.Length > 0), static seeds =>
        {
            ImmutableArray<PreemptionCandidate> candidates = [.. seeds.Select(static (seed, i) => Candidate($"node-{i}", seed))];
            var left = candidates.ToList();
            var decided = PreemptionCriterion.OnlyCandidate;
            foreach (var (criterion, smallest) in Filters)
            {
                var kept = left.Where(candidate => smallest(candidate) == left.Min(smallest)).ToList();
                decided = kept.Count < left.Count ? criterion : decided;
                left = kept;
            }

            foreach (var nominated in left)
            {
                var result = new PreemptionResult { Outcome = PreemptionOutcome.Nominated, Candidates = candidates, Nominated = nominated };
                Assert.Equal(left.Count > 1 ? PreemptionCriterion.TieBreak : decided, result.DecidedBy);
            }
        });

    /// <summary>A candidate with few different values, so that many are equal in some.</summary>
    private static PreemptionCandidate Candidate(string node, int seed)
    {
        var dice = new Random(seed);
        return new()
        {
            NodeName = node,
            PodDisruptionBudgetViolations = dice.Next(2),
            FirstVictimPriority = dice.Next(2),
            PrioritySum = dice.Next(2),
            Victims = [.. Enumerable.Repeat(new Pod(), dice.Next(1, 3))],
            EarliestStartOfHighestPriority = dice.Next(3) is var start && start == 0 ? null : Noon.AddSeconds(start),
        };
    }
}
