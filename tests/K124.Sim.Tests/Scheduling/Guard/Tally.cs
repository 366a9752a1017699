using K124.Sim.Tests.Reference;

namespace K124.Sim.Tests.Scheduling.Guard;

/// <summary>Counts which situations were met.</summary>
public sealed class Tally
{
    public SortedDictionary<string, int> Seen { get; } = new(StringComparer.Ordinal);

    public void Count(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;

    public void Count(ReferenceDecision decision)
    {
        Count(decision.Outcome);
        decision.Statuses.SelectMany(static entry => entry.Statuses).Select(static status => status.Plugin).Distinct().ToList().ForEach(Count);
        if (decision.Best.Count > 1)
        {
            Count("Ties");
        }

        foreach (var plugin in decision.Scores.SelectMany(static node => node.Plugins).GroupBy(static plugin => plugin.Plugin).Where(static group => group.Select(static plugin => plugin.Score).Distinct().Count() > 1))
        {
            Count($"Scores of {plugin.Key}");
        }

        if (decision.Preemption is { } preemption)
        {
            Count($"Preemption {preemption.Outcome}");
            if (preemption.Candidates.Count > 1)
            {
                Count("Several candidates");
            }

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
}
