using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Algorithm.Failures;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling;

/// <summary>Places pods on the nodes of a cluster as the scheduler of Kubernetes 1.24 does, by the profile that each pod names.</summary>
/// <remarks>
/// Holds its own picture of the cluster: <see cref="Schedule"/> decides, <see cref="Assume"/> puts a pod on a node in that
/// picture, <see cref="Forget"/> takes it away. Preemption is searched for a pod that fits nowhere, but not carried out.
/// Not thread-safe. Kubernetes 1.24 pkg/scheduler.
/// </remarks>
public sealed partial class Scheduler
{
    private const int MinFeasibleNodes = 100;
    private const int MinBatch = 64;

    private readonly SchedulerOptions _options;
    private readonly int _percentageOfNodesToScore;
    private readonly Dictionary<string, Framework> _frameworks = new(StringComparer.Ordinal);
    private readonly SchedulerState _state;
    private SeededRandom _random;
    private string? _latestName;
    private Framework? _latestFramework;
    private PreemptionDraws? _draws;
    private int[] _rows = [];
    private int[] _positionOf = [];
    private long[] _scores = [];
    private long[] _totals = [];
    private int _start;
    private int _chosen;

    /// <summary>Takes in a cluster: its nodes, the pods on them, and what else decisions read.</summary>
    /// <param name="cluster">The cluster. Pods without a node are not placed; those nominated to a node count as such.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The configuration is not valid.</exception>
    public Scheduler(Cluster cluster, SchedulerOptions? options = null)
        : this(WithExtenders(Checked(cluster, options ??= new())), new(cluster, options), SeededRandom.Stream(options.Seed, nameof(Scheduler)))
    {
    }

    private Scheduler(SchedulerOptions options, SchedulerState state, SeededRandom random)
    {
        (_options, _state, _random) = (options, state, random);
        _extenders = InOrder(options.Configuration.Extenders);
        _percentageOfNodesToScore = options.PercentageOfNodesToScore ?? options.Configuration.PercentageOfNodesToScore;
        foreach (var profile in options.Configuration.Profiles)
        {
            _frameworks.Add(profile.SchedulerName, new(state, profile, options));
        }
    }

    private static SchedulerOptions Checked(Cluster cluster, SchedulerOptions options)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ConfigurationCheck.Demand(options, nameof(options));
        return options;
    }

    /// <summary>Chooses a node for a pod. The pod is not put there, but the next search starts where this one ended.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>The chosen node, or why there is none.</returns>
    public SchedulingResult Schedule(Pod pod) => Decide(pod).ToResult();

    /// <summary>Decides as <see cref="Schedule"/> does, and allocates nothing for pods like earlier ones that find a node.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>The chosen node, or why there is none.</returns>
    public Decision Decide(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        if (FrameworkOf(pod) is not { } framework)
        {
            return new(SchedulingResult.Ignored(pod.Spec.SchedulerName));
        }

        BeginAttempt();
        framework.Begin(pod);
        if (_state.Nodes.Count == 0)
        {
            return new(SchedulingResult.NoNodes());
        }

        var podClass = _state.Classes.OfIncoming(pod);
        framework.BringUpToDate(podClass);
        if (HasIndex(framework, pod, podClass))
        {
            return DecideByIndex(framework, pod, podClass);
        }

        var search = Search(framework, pod, podClass, _percentageOfNodesToScore);
        if (search.Failure is { } failure)
        {
            return new(failure);
        }

        var feasible = _rows.AsSpan(0, search.FeasibleNodes);
        if (feasible.Length == 1)
        {
            return Chosen(feasible[0], 1, search.EvaluatedNodes);
        }

        if (ScoringError(framework, pod, podClass, feasible) is { } error)
        {
            return new(SchedulingResult.Failed(error));
        }

        return Chosen(SelectHost(feasible), feasible.Length, search.EvaluatedNodes);
    }

    /// <summary>Decides on a pod and, if a node was chosen, puts it there and asks the user's plugins at Reserve and Permit.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>The chosen node, or why there is none; a pod that such a plugin refuses is forgotten again.</returns>
    /// <exception cref="InvalidOperationException">A pod of that namespace and name is on a node already.</exception>
    public Decision Place(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        DemandNotPlaced(pod);
        var decision = Decide(pod);
        if (decision.NodeName is { } node)
        {
            PlaceWithVolumes(pod, _chosen);
            if (RunReserveAndPermit(pod, node) is { } refusal)
            {
                Forget(ObjectKey.Of(pod));
                return new(refusal);
            }
        }

        return decision;
    }

    /// <summary>Puts a pod on a node, as the scheduler does once it has chosen: later decisions count it, and see the volumes of its claims as
    /// reserved for it.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodeName">Name of the node.</param>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    /// <exception cref="InvalidOperationException">A pod of that namespace and name is on a node already.</exception>
    public void Assume(Pod pod, string nodeName)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(nodeName);
        var row = RowOf(nodeName);
        DemandNotPlaced(pod);
        PlaceWithVolumes(pod, row);
    }

    private Decision Chosen(int row, int feasibleNodes, int evaluatedNodes)
    {
        _chosen = row;
        return new(_state.Nodes.Names[row], feasibleNodes, evaluatedNodes);
    }

    private void PlaceWithVolumes(Pod pod, int row)
    {
        if (!pod.Spec.Volumes.IsEmpty && FrameworkOf(pod)?.ReservesVolumes == true)
        {
            _state.Volumes.Reserve(pod, row);
        }

        _state.Place(pod, _state.Classes.OfPlaced(pod), row);
    }

    /// <summary>Notes that room is being made for a pending pod on a node: pods of lower priority have to leave it.</summary>
    /// <param name="pod">The pod; an earlier nomination of it is dropped.</param>
    /// <param name="nodeName">Name of the node.</param>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public void Nominate(Pod pod, string nodeName)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(nodeName);
        _state.Nominate(pod, _state.Classes.OfPlaced(pod), RowOf(nodeName));
    }

    /// <summary>Drops the nomination of a pod, if it has one.</summary>
    /// <param name="pod">Namespace and name of the pod.</param>
    public void ClearNomination(ObjectKey pod) => _state.ClearNomination(pod);

    /// <summary>Takes a pod off its node, whether it was assumed or there from the start; volumes that are still reserved for it are so no longer.</summary>
    /// <param name="pod">Namespace and name of the pod.</param>
    /// <exception cref="KeyNotFoundException">No such pod is on a node.</exception>
    public void Forget(ObjectKey pod)
    {
        if (_state.Pods.Find(pod) is not (>= 0 and var id))
        {
            throw new KeyNotFoundException($"The pod '{pod}' is on no node.");
        }

        var placed = _state.Pods[id];
        _state.Remove(id);
        Unreserve(placed.Pod, _state.Nodes.Names[placed.Row]);
    }

    private void BeginAttempt()
    {
        _state.BeginAttempt();
        if (_rows.Length < _state.Nodes.Count || _positionOf.Length < _state.Nodes.RowCount)
        {
            var capacity = Math.Max(_state.Nodes.RowCount, 2 * _rows.Length);
            _rows = new int[capacity];
            _positionOf = new int[capacity];
            _scores = new long[capacity];
            _totals = new long[capacity];
        }
    }

    private void DemandNotPlaced(Pod pod)
    {
        if (_state.Pods.Find(ObjectKey.Of(pod)) >= 0)
        {
            throw new InvalidOperationException($"The pod '{ObjectKey.Of(pod)}' is on a node already.");
        }
    }

    internal bool HasProfileFor(Pod pod) => FrameworkOf(pod) is not null;

    /// <summary>The framework of the pod's profile; null if no profile is meant.</summary>
    private Framework? FrameworkOf(Pod pod)
    {
        // Most pods name the same profile, by the same string.
        var name = pod.Spec.SchedulerName;
        if (!ReferenceEquals(name, _latestName))
        {
            _latestFramework = _frameworks.GetValueOrDefault(name.Length == 0 ? SchedulerProfile.DefaultSchedulerName : name);
            _latestName = name;
        }

        return _latestFramework;
    }

    private int RowOf(string nodeName) =>
        _state.Nodes.Find(nodeName) is >= 0 and var row && _state.Nodes.HasNode[row] ? row : throw new ArgumentException($"There is no node '{nodeName}'.", nameof(nodeName));

    /// <summary>Finds feasible rows and leaves them at the front of the row buffer, in the order of examination.</summary>
    private SearchResult Search(Framework framework, Pod pod, PodClass podClass, int percentage)
    {
        var nodes = _state.Nodes;
        var preFilter = framework.PreFilter(podClass);
        if (preFilter.Status is { } objection)
        {
            return new(objection.Code == StatusCode.Error
                ? SchedulingResult.Failed($"running PreFilter plugin \"{objection.Plugin}\": %!w(<nil>)")
                : RejectAll(framework, pod, podClass, objection));
        }

        Diagnosis? rejectedNomination = null;
        if (pod.Status.NominatedNodeName.Length > 0 && nodes.FindListed(pod.Status.NominatedNodeName) is >= 0 and var nominated)
        {
            _start = 0;
            var statuses = framework.Filter(pod, podClass, nominated);
            if (statuses.IsEmpty)
            {
                _rows[0] = nominated;
                var only = FilterByExtenders(framework, pod, podClass, new(FeasibleNodes: 1, EvaluatedNodes: 1), [nominated], 0);
                if (only.Failure is null)
                {
                    return only;
                }
            }

            // An error there is logged, and the search goes on with all nodes.
            if (statuses is not ([] or [{ Code: StatusCode.Error }]))
            {
                rejectedNomination = new(nodes);
                rejectedNomination.Add(nominated, statuses);
            }
        }

        var order = nodes.Order;
        if (preFilter.NodeNames is { } names)
        {
            if (names.Order(StringComparer.Ordinal).FirstOrDefault(name => nodes.FindListed(name) < 0) is { } missing)
            {
                return new(SchedulingResult.Failed($"nodeinfo not found for node name \"{missing}\""));
            }

            var rows = names.Select(nodes.Find).ToHashSet();
            order = [.. order.Where(rows.Contains)];
        }

        return Scan(framework, pod, podClass, order, NodesToFind(order.Length, percentage), rejectedNomination);
    }

    /// <summary>Examines rows from the rotating start on, until one more than wanted is feasible.</summary>
    private SearchResult Scan(Framework framework, Pod pod, PodClass podClass, int[] order, int wanted, Diagnosis? rejectedNomination)
    {
        var count = order.Length;
        var first = _start % count;
        if (framework.MayFail(podClass) && ErrorIn(framework, pod, podClass, order, first, wanted) is var (error, before))
        {
            // What was examined before the node that could not be decided on moves the start.
            _start = (first + before + (HasUnseenEntry(rejectedNomination, order, first, before) ? 1 : 0)) % count;
            return new(error);
        }

        var feasible = 0;
        var examined = 0;
        while (examined < count && feasible <= wanted)
        {
            // A batch is large enough to end the search if all its rows are feasible.
            var batch = _rows.AsSpan(feasible, Math.Min(count - examined, Math.Max(wanted + 1 - feasible, MinBatch)));
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = order[(first + examined + i) % count];
                _positionOf[batch[i]] = examined + i;
            }

            feasible += framework.Narrow(pod, podClass, batch);
            examined += batch.Length;
        }

        if (feasible > wanted)
        {
            // The feasible node beyond the wanted ones ends the search; it is not kept, and the next search begins with it.
            examined = _positionOf[_rows[wanted]];
            feasible = wanted;
        }

        if (feasible == 0)
        {
            var diagnosis = rejectedNomination ?? new(_state.Nodes);
            DiagnoseAll(framework, pod, podClass, order, first, diagnosis);
            return new(Reject(framework, pod, podClass, examined, diagnosis, null));
        }

        var processed = examined + (HasUnseenEntry(rejectedNomination, order, first, examined) ? 1 : 0);
        _start = (first + processed) % count;
        return FilterByExtenders(framework, pod, podClass, new(feasible, examined), order, first);
    }

    /// <summary>The failure of the attempt, if a plugin cannot decide on a row before the search ends, and how many rows come before it.</summary>
    private static (SchedulingResult Failure, int Before)? ErrorIn(Framework framework, Pod pod, PodClass podClass, int[] order, int first, int wanted)
    {
        var feasible = 0;
        for (var i = 0; i < order.Length && feasible <= wanted; i++)
        {
            var statuses = framework.Filter(pod, podClass, order[(first + i) % order.Length]);
            if (statuses is [{ Code: StatusCode.Error } status])
            {
                return (FilterError(status), i);
            }

            feasible += statuses.IsEmpty ? 1 : 0;
        }

        return null;
    }

    private static SchedulingResult FilterError(PluginStatus status) =>
        SchedulingResult.Failed($"running \"{status.Plugin}\" filter plugin: {status.Reasons[0]}");

    /// <summary>Whether the nominated node was rejected, and then not examined again in the scan.</summary>
    private static bool HasUnseenEntry(Diagnosis? rejectedNomination, int[] order, int first, int examined)
    {
        if (rejectedNomination is null)
        {
            return false;
        }

        for (var i = 0; i < examined; i++)
        {
            if (rejectedNomination.Contains(order[(first + i) % order.Length]))
            {
                return false;
            }
        }

        return true;
    }

    private void DiagnoseAll(Framework framework, Pod pod, PodClass podClass, int[] order, int first, Diagnosis diagnosis)
    {
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[(first + i) % order.Length];
            if (!diagnosis.Contains(row))
            {
                diagnosis.Add(row, framework.Filter(pod, podClass, row));
            }
        }

        _start = (first + diagnosis.Count) % order.Length;
    }

    /// <summary>Ends an attempt in which a plugin objected to the pod as a whole: every node gets that status.</summary>
    private SchedulingResult RejectAll(Framework framework, Pod pod, PodClass podClass, PluginStatus objection)
    {
        var diagnosis = new Diagnosis(_state.Nodes);
        foreach (var row in _state.Nodes.Order)
        {
            diagnosis.Add(row, objection.Alone);
        }

        return Reject(framework, pod, podClass, 0, diagnosis, objection);
    }

    private SchedulingResult Reject(Framework framework, Pod pod, PodClass podClass, int examined, Diagnosis diagnosis, PluginStatus? preFilterStatus) =>
        SchedulingResult.Unschedulable(
            _state.Nodes.Count, examined, diagnosis, preFilterStatus, PostFilter(framework, pod, podClass, diagnosis));

    private PreemptionResult? PostFilter(Framework framework, Pod pod, PodClass podClass, Diagnosis diagnosis)
    {
        PreemptionResult? result = null;
        foreach (var plugin in framework.PostFilters)
        {
            result = plugin.PostFilter(pod, podClass, diagnosis, _draws ??= new(ChooseCandidate, DrawOffset));
            if (result.Outcome is PreemptionOutcome.Nominated or PreemptionOutcome.Error)
            {
                break;
            }
        }

        return result;
    }

    private int DrawOffset(int potential) => _options.DrawsPreemptionOffset && potential > 1 ? (int)_random.Next(potential) : 0;

    private PreemptionCandidate ChooseCandidate(ImmutableArray<PreemptionCandidate> candidates) => _options.TieBreak switch
    {
        TieBreak.FirstByName => candidates.MinBy(static candidate => candidate.NodeName, StringComparer.Ordinal)!,
        TieBreak.Seeded => candidates[(int)_random.Next(candidates.Length)],
        _ => candidates[0],
    };

    private static int NodesToFind(int count, int percentage)
    {
        const int StartPercentage = 50;
        const int NodesPerPercent = 125;
        const int MinPercentage = 5;
        const int Whole = 100;
        if (count < MinFeasibleNodes || percentage >= Whole)
        {
            return count;
        }

        var share = percentage > 0 ? percentage : Math.Max(MinPercentage, StartPercentage - (count / NodesPerPercent));
        return Math.Max(MinFeasibleNodes, (int)((long)count * share / Whole));
    }

    /// <summary>Scores the feasible rows.</summary>
    /// <returns>The error that ends the attempt; null if there is none.</returns>
    private string? ScoringError(Framework framework, Pod pod, PodClass podClass, ReadOnlySpan<int> feasible)
    {
        var totals = _totals.AsSpan(0, feasible.Length);
        var isScoredByExtenders = AsksExtenders(pod);
        if (framework.Scores.IsEmpty && _extenders.IsEmpty)
        {
            // Nothing is scored, and PreScore does not run either.
            totals.Fill(1);
            return null;
        }

        if ((framework.PreScoreError(podClass) ?? AddUpScores(framework, podClass, feasible, totals)) is { } error)
        {
            return error;
        }

        if (isScoredByExtenders)
        {
            AddExtenderScores(pod, feasible, totals);
        }

        return null;
    }

    private string? AddUpScores(Framework framework, PodClass podClass, ReadOnlySpan<int> feasible, Span<long> totals)
    {
        var scores = _scores.AsSpan(0, feasible.Length);
        totals.Clear();
        foreach (var (plugin, weight) in framework.Scores)
        {
            plugin.Score(podClass, feasible, scores);
            plugin.NormalizeScore(podClass, feasible, scores);
            for (var i = 0; i < totals.Length; i++)
            {
                if ((ulong)scores[i] > Normalization.MaxNodeScore)
                {
                    return InvalidScore(plugin.Name, scores[i]);
                }

                totals[i] += weight * scores[i];
            }
        }

        return null;
    }

    private static string InvalidScore(string plugin, long score) => string.Create(
        CultureInfo.InvariantCulture,
        $"applying score defaultWeights on Score plugins: plugin \"{plugin}\" returns an invalid score {score}, it should in the range of [0, {Normalization.MaxNodeScore}] after normalizing");

    private int SelectHost(ReadOnlySpan<int> feasible)
    {
        var best = long.MinValue;
        var ties = 0;
        for (var i = 0; i < feasible.Length; i++)
        {
            ties = _totals[i] > best ? 1 : ties + (_totals[i] == best ? 1 : 0);
            best = Math.Max(best, _totals[i]);
        }

        return _options.TieBreak switch
        {
            TieBreak.FirstByName => FirstByName(feasible, best),
            TieBreak.Seeded when ties > 1 => Tie(feasible, best, (int)_random.Next(ties)),
            _ => Tie(feasible, best, 0),
        };
    }

    /// <summary>One of the rows with the best score, in the order of examination.</summary>
    private int Tie(ReadOnlySpan<int> feasible, long best, int index)
    {
        var i = 0;
        for (var passed = 0; _totals[i] != best || passed++ < index; i++)
        {
        }

        return feasible[i];
    }

    private int FirstByName(ReadOnlySpan<int> feasible, long best)
    {
        var rank = _state.Nodes.NameRank;
        var first = -1;
        for (var i = 0; i < feasible.Length; i++)
        {
            if (_totals[i] == best && (first < 0 || rank[feasible[i]] < rank[first]))
            {
                first = feasible[i];
            }
        }

        return first;
    }

    /// <summary>What a search found: an end of the attempt, or feasible rows.</summary>
    private readonly record struct SearchResult(SchedulingResult? Failure, int FeasibleNodes, int EvaluatedNodes)
    {
        public SearchResult(SchedulingResult failure)
            : this(failure, 0, 0)
        {
        }

        public SearchResult(int FeasibleNodes, int EvaluatedNodes)
            : this(null, FeasibleNodes, EvaluatedNodes)
        {
        }
    }
}
