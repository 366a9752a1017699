using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Algorithm.Failures;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Looks for a node where evicting pods of lower priority makes room for a pod that fits nowhere.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/defaultpreemption and pkg/scheduler/framework/preemption; KEP-902 for
/// non-preempting pods. The search begins with the first potential node unless <see cref="SchedulerOptions.DrawsPreemptionOffset"/> is set; 1.24 begins with a random one.</remarks>
internal sealed partial class DefaultPreemption(Framework framework, SchedulerState state, DefaultPreemptionArgs args, ImmutableArray<SchedulerExtender> extenders) : IPostFilterPlugin
{
    private const string MessagePrefix = "preemption: ";

    private static readonly PluginStatus NoVictims =
        new(nameof(DefaultPreemption), StatusCode.UnschedulableAndUnresolvable, "No preemption victims found for incoming pod");

    private static readonly PluginStatus NotHelpful =
        new(nameof(DefaultPreemption), StatusCode.UnschedulableAndUnresolvable, "Preemption is not helpful for scheduling");

    // Those that evict, in the order in which they are asked.
    private readonly ImmutableArray<SchedulerExtender> _evictors = Scheduler.InOrder([.. extenders.Where(static extender => extender.PreemptVerb.Length > 0)]);

    private readonly DisruptionBudgets _budgets = new(state);
    private readonly List<int> _lower = [];
    private readonly List<PreemptionCandidate> _nonViolating = [];
    private readonly List<PreemptionCandidate> _violating = [];

    public string Name => nameof(DefaultPreemption);

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PreemptionResult PostFilter(Pod pod, PodClass podClass, Diagnosis diagnosis, PreemptionDraws draws)
    {
        if (Ineligibility(pod, diagnosis) is { } reason)
        {
            return new() { Outcome = PreemptionOutcome.Ineligible, Message = MessagePrefix + reason };
        }

        var search = diagnosis.Memo?.SearchBelow(PriorityOf(pod)) ?? new(state.Nodes.RowCount, PriorityOf(pod));
        var first = PositionBehind(draws.Offset(PotentialCount(diagnosis)), diagnosis);
        var candidates = FindCandidates(pod, podClass, diagnosis, search, first, out var tried);
        if (candidates.IsEmpty)
        {
            return WithoutCandidates(pod, search);
        }

        var rejected = Rejected(search, first, tried);
        return AskEvictors(pod, ref candidates, rejected) ?? WithCandidates(pod, candidates, rejected, draws.Choose);
    }

    private PreemptionResult WithoutCandidates(Pod pod, PreemptionSearch search)
    {
        if (search.Last is not { } last || last.Version != search.Statuses.Version)
        {
            last = (Failure(search), search.Statuses.Version);
            search.Last = last;
        }

        return pod.Status.NominatedNodeName.Length > 0 && last.Result.Outcome == PreemptionOutcome.NoCandidates
            ? last.Result with { ClearsNominatedNodeName = true }
            : last.Result;
    }

    private PreemptionResult Failure(PreemptionSearch search)
    {
        var rejected = Rejected(search, first: 0, state.Nodes.Count);
        return search.Statuses.ErrorCount > 0
            ? new() { Outcome = PreemptionOutcome.Error, RejectedReader = rejected }
            : new()
            {
                Outcome = PreemptionOutcome.NoCandidates,
                Message = $"{MessagePrefix}0/{search.Statuses.Count} nodes are available: {search.Statuses.Histogram}.",
                RejectedReader = rejected,
            };
    }

    private PreemptionResult WithCandidates(
        Pod pod,
        ImmutableArray<PreemptionCandidate> candidates,
        Func<ImmutableArray<NodeRejection>> rejected,
        Func<ImmutableArray<PreemptionCandidate>, PreemptionCandidate> choose)
    {
        var acceptable = PreemptionComparison.Best(candidates);
        var chosen = acceptable.Length == 1 ? acceptable[0] : choose(acceptable);
        return new()
        {
            Outcome = PreemptionOutcome.Nominated,
            Candidates = candidates,
            RejectedReader = rejected,
            Nominated = chosen,
            ClearedNominations = [.. state.Nominations.Below(pod, state.Nodes.Find(chosen.NodeName)).Select(ObjectKey.Of)],
        };
    }

    /// <summary>Reads, when asked, why evicting did not help on the nodes that were tried, as it is now; in the order of the list.</summary>
    private Func<ImmutableArray<NodeRejection>> Rejected(PreemptionSearch search, int first, int tried)
    {
        var (names, order, byRow) = (state.Nodes.TakeNames(), state.Nodes.Order, search.Statuses.Share());
        return () =>
        [
            .. order.Where((_, position) => (position - first + order.Length) % order.Length < tried).Where(row => !byRow[row].IsDefault && byRow[row] != NotHelpful.Alone).Select(row => new NodeRejection(names[row], byRow[row])),
        ];
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

    /// <summary>Tries nodes in the order of the list until there are candidates enough. Nodes that were not examined are tried too, as in 1.24.</summary>
    /// <param name="pod">The pod that fits nowhere.</param>
    /// <param name="podClass">Its class.</param>
    /// <param name="diagnosis">Why the nodes were rejected.</param>
    /// <param name="search">What is known already.</param>
    /// <param name="first">Position in the list where the search begins.</param>
    /// <param name="tried">How many nodes of the list were tried or passed over.</param>
    private ImmutableArray<PreemptionCandidate> FindCandidates(Pod pod, PodClass podClass, Diagnosis diagnosis, PreemptionSearch search, int first, out int tried)
    {
        var order = state.Nodes.Order;
        tried = order.Length;
        if (search.HadNoCandidates)
        {
            foreach (var row in search.Forgotten)
            {
                Try(pod, podClass, diagnosis, search, row);
            }

            search.End(isComplete: true);
            if (search.HadNoCandidates)
            {
                return [];
            }
        }

        var wanted = CandidatesWanted(diagnosis);
        var (nonViolating, violating) = (_nonViolating, _violating);
        nonViolating.Clear();
        violating.Clear();
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[(first + i) % order.Length];
            if (!search.IsKnown(row))
            {
                Try(pod, podClass, diagnosis, search, row);
            }

            if (search.CandidateOf(row) is not { } candidate)
            {
                continue;
            }

            var list = candidate.PodDisruptionBudgetViolations == 0 ? nonViolating : violating;
            if (list.Count < wanted)
            {
                list.Add(candidate);
            }

            if (nonViolating.Count > 0 && nonViolating.Count + violating.Count >= wanted)
            {
                tried = i + 1;
                break;
            }
        }

        search.End(isComplete: tried == order.Length);
        return [.. nonViolating, .. violating];
    }

    private void Try(Pod pod, PodClass podClass, Diagnosis diagnosis, PreemptionSearch search, int row)
    {
        if (!state.Nodes.IsListed(row))
        {
            return;
        }

        if (diagnosis.CodeOf(row) == StatusCode.UnschedulableAndUnresolvable)
        {
            search.SetRejected(row, NotHelpful.Alone);
        }
        else if (FindVictims(pod, podClass, row, out var statuses) is { } candidate)
        {
            search.SetCandidate(row, candidate);
            search.NoteTried(row);
        }
        else
        {
            search.SetRejected(row, statuses);
            if (statuses != NoVictims.Alone)
            {
                search.NoteTried(row);
            }
        }
    }

    private int PotentialCount(Diagnosis diagnosis) => state.Nodes.Count - diagnosis.Statuses.UnresolvableCount;

    /// <summary>Position in the list behind a number of nodes that eviction could help on.</summary>
    private int PositionBehind(int offset, Diagnosis diagnosis)
    {
        var order = state.Nodes.Order;
        var position = 0;
        for (; offset > 0; position++)
        {
            offset -= diagnosis.CodeOf(order[position]) == StatusCode.UnschedulableAndUnresolvable ? 0 : 1;
        }

        return position;
    }

    private int CandidatesWanted(Diagnosis diagnosis)
    {
        var potential = PotentialCount(diagnosis);
        return Math.Min(Math.Max(potential * args.MinCandidateNodesPercentage / 100, args.MinCandidateNodesAbsolute), potential);
    }

    private static int PriorityOf(Pod pod) => pod.Spec.Priority ?? 0;
}
