using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Algorithm;

/// <summary>Compares nodes where evicting pods would make room.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/preemption (pickOneNodeForPreemption).</remarks>
internal static class PreemptionComparison
{
    /// <summary>The candidates that no other is better than, in their order.</summary>
    public static ImmutableArray<PreemptionCandidate> Best(ImmutableArray<PreemptionCandidate> candidates)
    {
        if (candidates.IsEmpty)
        {
            return [];
        }

        var (best, count) = (candidates[0], 0);
        foreach (var candidate in candidates)
        {
            var order = Compare(candidate, best, out _);
            best = order < 0 ? candidate : best;
            count = order < 0 ? 1 : order == 0 ? count + 1 : count;
        }

        return count == candidates.Length ? candidates : [.. candidates.Where(candidate => Compare(candidate, best, out _) == 0)];
    }

    /// <summary>The criterion that the last of the others failed, with <paramref name="chosen"/> the best.</summary>
    public static PreemptionCriterion DecidedBy(ImmutableArray<PreemptionCandidate> candidates, PreemptionCandidate chosen)
    {
        var decided = PreemptionCriterion.OnlyCandidate;
        foreach (var candidate in candidates)
        {
            if (!ReferenceEquals(candidate, chosen))
            {
                Compare(candidate, chosen, out var criterion);
                decided = criterion > decided ? criterion : decided;
            }
        }

        return decided;
    }

    /// <summary>Less than 0 if the first is better; the criterion is the first in which they differ, TieBreak if in none.</summary>
    private static int Compare(PreemptionCandidate first, PreemptionCandidate second, out PreemptionCriterion criterion)
    {
        criterion = PreemptionCriterion.PodDisruptionBudgetViolations;
        var order = first.PodDisruptionBudgetViolations.CompareTo(second.PodDisruptionBudgetViolations);
        if (order == 0)
        {
            criterion = PreemptionCriterion.FirstVictimPriority;
            order = first.FirstVictimPriority.CompareTo(second.FirstVictimPriority);
        }

        if (order == 0)
        {
            criterion = PreemptionCriterion.PrioritySum;
            order = first.PrioritySum.CompareTo(second.PrioritySum);
        }

        if (order == 0)
        {
            criterion = PreemptionCriterion.VictimCount;
            order = first.Victims.Length.CompareTo(second.Victims.Length);
        }

        if (order == 0)
        {
            criterion = PreemptionCriterion.EarliestStartOfHighestPriority;
            order = StartOf(second).CompareTo(StartOf(first));
        }

        criterion = order == 0 ? PreemptionCriterion.TieBreak : criterion;
        return order;
    }

    // Pods of which none has started count as starting now, which is after every start there is.
    private static DateTimeOffset StartOf(PreemptionCandidate candidate) => candidate.EarliestStartOfHighestPriority ?? DateTimeOffset.MaxValue;
}
