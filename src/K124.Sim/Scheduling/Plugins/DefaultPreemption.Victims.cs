using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class DefaultPreemption
{
    /// <summary>Finds the pods whose eviction makes the node fit: all of lower priority, less those that may stay after all.</summary>
    /// <returns>Null, with the reasons, if the node would not fit without any of them, or fits with all.</returns>
    private PreemptionCandidate? FindVictims(Pod pod, PodClass podClass, int row, out ImmutableArray<PluginStatus> statuses)
    {
        var priority = PriorityOf(pod);
        var lower = _lower;
        lower.Clear();
        foreach (var id in state.Nodes.Pods[row])
        {
            if (state.Pods[id].Priority < priority)
            {
                lower.Add(id);
            }
        }

        if (lower.Count == 0)
        {
            statuses = NoVictims.Alone;
            return null;
        }

        var untouched = state.Nodes.Remember(row);
        foreach (var id in lower)
        {
            framework.Displace(podClass, id);
        }

        statuses = framework.Filter(pod, podClass, row);
        var (victims, violations) = statuses.IsEmpty ? Reprieve(pod, podClass, row, lower) : (lower, 0);
        foreach (var id in victims)
        {
            framework.Place(podClass, id);
        }

        state.Nodes.Recall(row, untouched);
        if (victims.Count == 0)
        {
            statuses = NoVictimNeeded(row).Alone;
        }

        return statuses.IsEmpty ? Candidate(row, victims, violations) : null;
    }

    // The filters have nothing against the node as it is: what rejected it was a plugin that they do not ask.
    private PluginStatus NoVictimNeeded(int row) => new(Name, StatusCode.Error, $"expected at least one victim pod on node \"{state.Nodes.Names[row]}\"");

    /// <summary>Lets pods stay, the most important first and those under a used-up budget before all, as long as the node fits.</summary>
    private (List<int> Victims, int Violations) Reprieve(Pod pod, PodClass podClass, int row, List<int> lower)
    {
        var (violating, nonViolating) = _budgets.Split(lower.OrderByDescending(PriorityOf).ThenBy(StartOf));
        var victims = new List<int>();
        var violations = 0;
        foreach (var id in violating)
        {
            violations += TryStay(id) ? 0 : 1;
        }

        foreach (var id in nonViolating)
        {
            TryStay(id);
        }

        return (victims, violations);

        bool TryStay(int id)
        {
            framework.Place(podClass, id);
            if (framework.Filter(pod, podClass, row).IsEmpty)
            {
                return true;
            }

            framework.Displace(podClass, id);
            victims.Add(id);
            return false;
        }
    }

    private PreemptionCandidate Candidate(int row, List<int> victims, int violations)
    {
        var highest = victims.Max(PriorityOf);
        var earliest = victims.Where(id => PriorityOf(id) == highest).Min(StartOf);
        return new()
        {
            NodeName = state.Nodes.Names[row],
            Victims = [.. victims.Select(id => state.Pods[id].Pod)],
            PodDisruptionBudgetViolations = violations,
            FirstVictimPriority = PriorityOf(victims[0]),
            PrioritySum = victims.Sum(id => PriorityOf(id) + (1L << 31)),
            EarliestStartOfHighestPriority = earliest == DateTimeOffset.MaxValue ? null : earliest,
        };
    }

    // A pod that has not started counts as starting now, which is after every start there is.
    private DateTimeOffset StartOf(int id) => state.Pods[id].Pod.Status.StartTime ?? DateTimeOffset.MaxValue;

    private int PriorityOf(int id) => state.Pods[id].Priority;
}
