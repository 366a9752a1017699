using K124.Sim.Model;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Tests.Reference;

/// <summary>DefaultPreemption: which pods to evict where.</summary>
public static class ReferencePreemption
{
    private const string Preempting = "preemption: ";

    public static ReferencePreemptionResult Run(
        ReferenceAttempt attempt, IReadOnlyList<ReferenceNode> nodes, IReadOnlyList<(string Node, IReadOnlyList<ReferenceStatus> Statuses)> diagnosis,
        IReadOnlyList<(ReferencePod Pod, string NodeName)> nominations, IEnumerable<PodDisruptionBudget> budgets,
        DefaultPreemptionArgs args, Func<List<ReferenceCandidate>, ReferenceCandidate> pick, Func<int, int> drawOffset)
    {
        var pod = attempt.Pod;
        var codes = diagnosis.ToDictionary(static entry => entry.Node, static entry => ReferenceScheduler.CodeOf(entry.Statuses));
        if (pod.Pod.Spec.PreemptionPolicy == "Never")
        {
            return new("Ineligible", Preempting + "not eligible due to preemptionPolicy=Never.");
        }

        var nominated = pod.Pod.Status.NominatedNodeName;
        if (nominated.Length > 0 && codes.GetValueOrDefault(nominated) != ReferenceAttempt.Uau
            && nodes.FirstOrDefault(node => node.Name == nominated) is { } itsNode && itsNode.Pods.Any(other => other.IsTerminating && other.Priority < pod.Priority))
        {
            return new("Ineligible", Preempting + "not eligible due to a terminating pod on the nominated node.");
        }

        var potential = nodes.Where(node => codes.GetValueOrDefault(node.Name) != ReferenceAttempt.Uau).ToList();
        var wanted = Math.Min(Math.Max(potential.Count * args.MinCandidateNodesPercentage / 100, args.MinCandidateNodesAbsolute), potential.Count);
        var (harmless, violating) = (new List<ReferenceCandidate>(), new List<ReferenceCandidate>());
        var rejected = new List<(string Node, IReadOnlyList<ReferenceStatus> Statuses)>();
        var hasError = false;
        var offset = drawOffset(potential.Count);
        foreach (var node in potential.Skip(offset).Concat(potential.Take(offset)))
        {
            var (candidate, failure) = DryRun(attempt, node, nominations, budgets);
            if (failure is not null)
            {
                rejected.Add((node.Name, failure));
                hasError |= ReferenceScheduler.CodeOf(failure) == ReferenceAttempt.Error;
                continue;
            }

            if (candidate!.Victims.Count == 0)
            {
                rejected.Add((node.Name, [new("DefaultPreemption", ReferenceAttempt.Error, [$"expected at least one victim pod on node \"{node.Name}\""])]));
                hasError = true;
                continue;
            }

            var list = candidate.Violations == 0 ? harmless : violating;
            if (list.Count < wanted)
            {
                list.Add(candidate);
            }

            if (harmless.Count > 0 && harmless.Count + violating.Count >= wanted)
            {
                break;
            }
        }

        if (offset > 0)
        {
            var places = potential.Index().ToDictionary(static item => item.Item.Name, static item => item.Index);
            rejected = [.. rejected.OrderBy(entry => places[entry.Node])];
        }

        List<ReferenceCandidate> candidates = [.. harmless, .. violating];
        if (candidates.Count == 0)
        {
            var unhelpful = nodes.Except(potential).Select(static _ => "Preemption is not helpful for scheduling");
            var reasons = rejected.SelectMany(static entry => entry.Statuses).SelectMany(static status => status.Reasons).Concat(unhelpful);
            return hasError
                ? new("Error") { Rejected = rejected }
                : new("NoCandidates", $"{Preempting}0/{nodes.Count} nodes are available: {ReferenceScheduler.Histogram(reasons)}.") { Rejected = rejected };
        }

        var best = Choose(candidates);
        var chosen = pick(best);
        return new("Nominated")
        {
            Candidates = candidates,
            Rejected = rejected,
            Acceptable = best.Select(static candidate => candidate.NodeName).ToList(),
            Nominated = chosen,
            Cleared = nominations.Where(entry => entry.NodeName == chosen.NodeName && entry.Pod.Priority < pod.Priority).Select(static entry => entry.Pod.Key).ToList(),
        };
    }

    private static List<ReferenceCandidate> Choose(List<ReferenceCandidate> candidates)
    {
        Func<ReferenceCandidate, long>[] criteria =
        [
            static candidate => candidate.Violations,
            static candidate => candidate.Victims[0].Priority,
            static candidate => candidate.PrioritySum,
            static candidate => candidate.Victims.Count,
            static candidate => -(candidate.EarliestStart?.UtcTicks ?? long.MaxValue),
        ];
        return criteria.Aggregate(candidates, static (left, criterion) => left.Where(candidate => criterion(candidate) == left.Min(criterion)).ToList());
    }

    private static (ReferenceCandidate? Candidate, IReadOnlyList<ReferenceStatus>? Failure) DryRun(
        ReferenceAttempt original, ReferenceNode snapshot, IReadOnlyList<(ReferencePod Pod, string NodeName)> nominations, IEnumerable<PodDisruptionBudget> budgets)
    {
        var (attempt, node) = (original.Copy(), snapshot.Copy());
        void Remove(ReferencePod victim)
        {
            node.Remove(victim);
            attempt.Count(victim, node, -1);
        }

        bool StillFitsWith(ReferencePod victim)
        {
            node.Add(victim);
            attempt.Count(victim, node, 1);
            if (ReferenceScheduler.FilterWithNominations(attempt, node, nominations).Count == 0)
            {
                return true;
            }

            Remove(victim);
            return false;
        }

        var lower = snapshot.Pods.Where(other => other.Priority < attempt.Pod.Priority).ToList();
        if (lower.Count == 0)
        {
            return (null, [new("DefaultPreemption", ReferenceAttempt.Uau, ["No preemption victims found for incoming pod"])]);
        }

        lower.ForEach(Remove);
        if (ReferenceScheduler.FilterWithNominations(attempt, node, nominations) is { Count: > 0 } failure)
        {
            return (null, failure);
        }

        var important = lower.OrderByDescending(static other => other.Priority).ThenBy(static other => other.Pod.Status.StartTime ?? DateTimeOffset.MaxValue).ToList();
        var violating = Violating(important, budgets);
        List<ReferencePod> victims = [.. important.Where(violating.Contains).Where(victim => !StillFitsWith(victim))];
        var violations = victims.Count;
        victims.AddRange(important.Where(victim => !violating.Contains(victim) && !StillFitsWith(victim)));
        return (new(snapshot.Name, victims, violations), null);
    }

    private static HashSet<ReferencePod> Violating(IEnumerable<ReferencePod> pods, IEnumerable<PodDisruptionBudget> budgets)
    {
        var usable = budgets.Select(static budget => (Budget: budget, Selector: ReferenceSelector.Parse(budget.Spec.Selector)))
            .Where(static item => item.Selector is { IsEmpty: false, MatchesNothing: false }).ToList();
        var remaining = usable.ToDictionary(static item => ObjectKey.Of(item.Budget), static item => item.Budget.Status.DisruptionsAllowed);
        var violating = new HashSet<ReferencePod>();
        foreach (var pod in pods.Where(static pod => pod.Labels.Count > 0))
        {
            foreach (var (budget, _) in usable.Where(item => item.Budget.Metadata.Namespace == pod.Key.Namespace
                && item.Selector!.Matches(pod.Labels) && !item.Budget.Status.DisruptedPods.ContainsKey(pod.Key.Name)))
            {
                if (--remaining[ObjectKey.Of(budget)] < 0)
                {
                    violating.Add(pod);
                }
            }
        }

        return violating;
    }
}
