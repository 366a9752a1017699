using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Looks for a node where evicting pods of lower priority makes room for a pod that fits nowhere.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/defaultpreemption and pkg/scheduler/framework/preemption; KEP-902 for
/// non-preempting pods. The search begins with the first potential node; 1.24 begins with a random one.</remarks>
internal sealed partial class DefaultPreemption(Framework framework, SchedulerState state, DefaultPreemptionArgs args) : IPostFilterPlugin
{
    private const string MessagePrefix = "preemption: ";

    private static readonly PluginStatus NoVictims =
        new(nameof(DefaultPreemption), StatusCode.UnschedulableAndUnresolvable, "No preemption victims found for incoming pod");

    private static readonly PluginStatus NotHelpful =
        new(nameof(DefaultPreemption), StatusCode.UnschedulableAndUnresolvable, "Preemption is not helpful for scheduling");

    private readonly DisruptionBudgets _budgets = new(state);

    public string Name => nameof(DefaultPreemption);

    public PreemptionResult PostFilter(Pod pod, PodClass podClass, Diagnosis diagnosis, Func<ImmutableArray<PreemptionCandidate>, PreemptionCandidate> choose)
    {
        if (Ineligibility(pod, diagnosis) is { } reason)
        {
            return new() { Outcome = PreemptionOutcome.Ineligible, Message = MessagePrefix + reason };
        }

        var statuses = new Diagnosis(state.Nodes);
        var potential = PotentialNodes(diagnosis, statuses);
        var rejected = new Diagnosis(state.Nodes);
        var candidates = FindCandidates(pod, podClass, potential, rejected);
        if (candidates.IsEmpty)
        {
            statuses.AddRange(rejected);
            return new()
            {
                Outcome = PreemptionOutcome.NoCandidates,
                Message = $"{MessagePrefix}0/{statuses.Count} nodes are available: {statuses.Histogram()}.",
                ClearsNominatedNodeName = pod.Status.NominatedNodeName.Length > 0,
                Rejected = rejected.ToNodeStatuses(),
            };
        }

        var acceptable = Best(candidates);
        var chosen = acceptable.Length == 1 ? acceptable[0] : choose(acceptable);
        return new()
        {
            Outcome = PreemptionOutcome.Nominated,
            Candidates = candidates,
            Rejected = rejected.ToNodeStatuses(),
            AcceptableNodes = [.. acceptable.Select(static candidate => candidate.NodeName)],
            Nominated = chosen,
            ClearedNominations = [.. state.Nominations.Below(pod, state.Nodes.Find(chosen.NodeName)).Select(ObjectKey.Of)],
        };
    }

    private string? Ineligibility(Pod pod, Diagnosis diagnosis)
    {
        if (pod.Spec.PreemptionPolicy == "Never")
        {
            return "not eligible due to preemptionPolicy=Never.";
        }

        var nominated = pod.Status.NominatedNodeName;
        var row = nominated.Length == 0 ? -1 : state.Nodes.FindListed(nominated);
        return row >= 0
            && diagnosis.CodeOf(row) != StatusCode.UnschedulableAndUnresolvable
            && HasTerminatingBelow(row, PriorityOf(pod))
            ? "not eligible due to a terminating pod on the nominated node."
            : null;
    }

    private bool HasTerminatingBelow(int row, int priority)
    {
        foreach (var id in state.Nodes.Pods[row])
        {
            ref readonly var other = ref state.Pods[id];
            if (other.Pod.Metadata.DeletionTimestamp is not null && other.Priority < priority)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Rows where evicting might help. Rows that were not examined count too, as in 1.24.</summary>
    private List<int> PotentialNodes(Diagnosis diagnosis, Diagnosis statuses)
    {
        var potential = new List<int>();
        foreach (var row in state.Nodes.Order)
        {
            if (diagnosis.CodeOf(row) == StatusCode.UnschedulableAndUnresolvable)
            {
                statuses.Add(row, NotHelpful.Alone);
            }
            else
            {
                potential.Add(row);
            }
        }

        return potential;
    }

    private ImmutableArray<PreemptionCandidate> FindCandidates(Pod pod, PodClass podClass, List<int> potential, Diagnosis rejected)
    {
        var wanted = Math.Min(Math.Max(potential.Count * args.MinCandidateNodesPercentage / 100, args.MinCandidateNodesAbsolute), potential.Count);
        var nonViolating = new List<PreemptionCandidate>();
        var violating = new List<PreemptionCandidate>();
        foreach (var row in potential)
        {
            if (FindVictims(pod, podClass, row, out var statuses) is not { } candidate)
            {
                rejected.Add(row, statuses);
                continue;
            }

            var list = candidate.PodDisruptionBudgetViolations == 0 ? nonViolating : violating;
            if (list.Count < wanted)
            {
                list.Add(candidate);
            }

            if (nonViolating.Count > 0 && nonViolating.Count + violating.Count >= wanted)
            {
                break;
            }
        }

        return [.. nonViolating, .. violating];
    }

    private static ImmutableArray<PreemptionCandidate> Best(ImmutableArray<PreemptionCandidate> candidates)
    {
        candidates = Smallest(candidates, static candidate => candidate.PodDisruptionBudgetViolations);
        candidates = Smallest(candidates, static candidate => candidate.FirstVictimPriority);
        candidates = Smallest(candidates, static candidate => candidate.PrioritySum);
        candidates = Smallest(candidates, static candidate => candidate.Victims.Length);
        return Smallest(candidates, static candidate => -(candidate.EarliestStartOfHighestPriority ?? DateTimeOffset.MaxValue).UtcTicks);
    }

    private static ImmutableArray<PreemptionCandidate> Smallest(ImmutableArray<PreemptionCandidate> candidates, Func<PreemptionCandidate, long> criterion)
    {
        var smallest = candidates.Min(criterion);
        return candidates.RemoveAll(candidate => criterion(candidate) != smallest);
    }

    private static int PriorityOf(Pod pod) => pod.Spec.Priority ?? 0;
}
