using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class DefaultPreemption
{
    /// <summary>Finds the pods whose eviction makes the node fit: all of lower priority, less those that may stay after all.</summary>
    /// <returns>Null, with the reasons, if the node would not fit without any of them.</returns>
    private PreemptionCandidate? FindVictims(Pod pod, PodClass podClass, int row, out ImmutableArray<PluginStatus> statuses)
    {
        var priority = PriorityOf(pod);
        var lower = state.Nodes.Pods[row].FindAll(entry => entry.Priority < priority);
        if (lower.Count == 0)
        {
            statuses = NoVictims.Alone;
            return null;
        }

        var untouched = state.Nodes.Remember(row);
        foreach (var entry in lower)
        {
            framework.Displace(podClass, entry);
        }

        statuses = framework.Filter(pod, podClass, row);
        var (victims, violations) = statuses.IsEmpty ? Reprieve(pod, podClass, row, lower) : (lower, 0);
        foreach (var entry in victims)
        {
            framework.Place(podClass, entry);
        }

        state.Nodes.Recall(row, untouched);
        return statuses.IsEmpty ? Candidate(row, victims, violations) : null;
    }

    /// <summary>Lets pods stay, the most important first and those under a used-up budget before all, as long as the node fits.</summary>
    private (List<PodEntry> Victims, int Violations) Reprieve(Pod pod, PodClass podClass, int row, List<PodEntry> lower)
    {
        var (violating, nonViolating) = _budgets.Split(lower.OrderByDescending(static entry => entry.Priority).ThenBy(StartOf));
        var victims = new List<PodEntry>();
        var violations = 0;
        foreach (var entry in violating)
        {
            violations += TryStay(entry) ? 0 : 1;
        }

        foreach (var entry in nonViolating)
        {
            TryStay(entry);
        }

        return (victims, violations);

        bool TryStay(PodEntry entry)
        {
            framework.Place(podClass, entry);
            if (framework.Filter(pod, podClass, row).IsEmpty)
            {
                return true;
            }

            framework.Displace(podClass, entry);
            victims.Add(entry);
            return false;
        }
    }

    private PreemptionCandidate Candidate(int row, List<PodEntry> victims, int violations)
    {
        var highest = victims.Max(static entry => entry.Priority);
        var earliest = victims.Where(entry => entry.Priority == highest).Min(StartOf);
        return new()
        {
            NodeName = state.Nodes.Names[row],
            Victims = [.. victims.Select(static entry => entry.Pod)],
            PodDisruptionBudgetViolations = violations,
            FirstVictimPriority = victims[0].Priority,
            PrioritySum = victims.Sum(static entry => entry.Priority + (1L << 31)),
            EarliestStartOfHighestPriority = earliest == DateTimeOffset.MaxValue ? null : earliest,
        };
    }

    // A pod that has not started counts as starting now, which is after every start there is.
    private static DateTimeOffset StartOf(PodEntry entry) => entry.Pod.Status.StartTime ?? DateTimeOffset.MaxValue;
}
