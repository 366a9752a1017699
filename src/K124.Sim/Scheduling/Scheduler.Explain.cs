using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Scheduling;

public sealed partial class Scheduler
{
    private const int AllNodes = 100;

    /// <summary>Decides on a pod over all nodes and tells how. Nothing changes, not even where the next search starts.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>The decision with verdicts, reasons and scores.</returns>
    public SchedulingExplanation Explain(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        if (FrameworkOf(pod) is not { } framework)
        {
            return new() { Result = SchedulingResult.Ignored(pod.Spec.SchedulerName) };
        }

        using var checkpoint = Checkpoint();
        BeginAttempt();
        framework.Begin(pod);
        var explanation = ExplainNow(framework, pod);
        Rollback(checkpoint);
        if (_state.Nodes.Count > 0)
        {
            explanation = explanation with { ExaminedNodes = Examined(framework, pod) };
            Rollback(checkpoint);
        }

        return explanation;
    }

    private SchedulingExplanation ExplainNow(Framework framework, Pod pod)
    {
        if (_state.Nodes.Count == 0)
        {
            return new() { Result = SchedulingResult.NoNodes() };
        }

        var podClass = _state.Classes.OfIncoming(pod);
        framework.BringUpToDate(podClass);
        var search = Search(framework, pod, podClass, AllNodes);
        var explanation = search.Failure is { } failure ? ExplainFailure(framework, podClass, failure) : ExplainChoice(framework, pod, podClass, search);
        return explanation with { Volumes = ExplainVolumes(pod) };
    }

    /// <summary>The nodes that an attempt with the configured percentage examines.</summary>
    private ImmutableArray<string> Examined(Framework framework, Pod pod)
    {
        var (nodes, podClass) = (_state.Nodes, _state.Classes.OfIncoming(pod));
        framework.BringUpToDate(podClass);
        var only = framework.PreFilter(podClass).NodeNames;
        var order = only is null ? nodes.Order : nodes.Order.Where(row => only.Contains(nodes.Names[row])).ToArray();
        var isNominated = pod.Status.NominatedNodeName.Length > 0 && nodes.FindListed(pod.Status.NominatedNodeName) >= 0;
        var (first, count) = (isNominated ? 0 : _start, order.Length);
        if (isNominated || NodesToFind(count, _percentageOfNodesToScore) < count)
        {
            var search = Search(framework, pod, podClass, _percentageOfNodesToScore);
            if (isNominated && search is { Failure: null, FeasibleNodes: 1, EvaluatedNodes: 1 } && nodes.Names[_rows[0]] == pod.Status.NominatedNodeName)
            {
                return [pod.Status.NominatedNodeName];
            }

            count = search.Failure is null ? search.EvaluatedNodes : count;
        }

        return [.. Enumerable.Range(0, count).Select(i => nodes.Names[order[(first + i) % order.Length]])];
    }

    private ImmutableArray<NodeVolumeExplanation> ExplainVolumes(Pod pod)
    {
        var claims = Volumes.GetPodVolumes(pod);
        return claims is { HasClaims: true, Rejection: null, Error: null }
            ? [.. _state.Nodes.Order.Select(row => Volumes.ExplainPodVolumes(claims, _state.Nodes.Names[row]))]
            : [];
    }

    private static SchedulingExplanation ExplainFailure(Framework framework, PodClass podClass, SchedulingResult failure) => new()
    {
        Result = failure,
        PreFilterNodes = PreFilterNodes(framework, podClass),
        NodeStatuses = failure.NodeStatuses,
    };

    private SchedulingExplanation ExplainChoice(Framework framework, Pod pod, PodClass podClass, SearchResult search)
    {
        var names = _state.Nodes.Names;
        int[] feasible = [.. _rows.AsSpan(0, search.FeasibleNodes)];
        var explanation = new SchedulingExplanation
        {
            Result = SchedulingResult.Scheduled(names[feasible[0]], feasible.Length, search.EvaluatedNodes),
            PreFilterNodes = PreFilterNodes(framework, podClass),
            NodeStatuses = StatusesBeside(framework, pod, podClass, feasible),
            FeasibleNodes = [.. feasible.Select(row => names[row])],
            BestNodes = [names[feasible[0]]],
        };
        if (feasible.Length == 1)
        {
            return explanation;
        }

        if (ScoringError(framework, pod, podClass, feasible) is { } error)
        {
            return explanation with { Result = SchedulingResult.Failed(error), BestNodes = [] };
        }

        var scores = ScoresOf(framework, podClass, feasible);
        var best = scores.Max(static score => score.Total);
        return explanation with
        {
            Result = SchedulingResult.Scheduled(names[SelectHost(feasible)], feasible.Length, search.EvaluatedNodes),
            Scores = scores,
            BestNodes = [.. scores.Where(score => score.Total == best).Select(static score => score.NodeName)],
        };
    }

    private static ImmutableArray<string>? PreFilterNodes(Framework framework, PodClass podClass) =>
        framework.PreFilter(podClass).NodeNames is { } names ? [.. names.Order(StringComparer.Ordinal)] : null;

    /// <summary>The objections to the rows that were examined but are not feasible.</summary>
    private ImmutableArray<NodeRejection> StatusesBeside(Framework framework, Pod pod, PodClass podClass, int[] feasible)
    {
        if (feasible.Length == 1 && _state.Nodes.Names[feasible[0]] == pod.Status.NominatedNodeName)
        {
            return [];
        }

        var narrowed = framework.PreFilter(podClass).NodeNames;
        return
        [
            .. from row in _state.Nodes.Order
               let name = _state.Nodes.Names[row]
               where narrowed is null || narrowed.Contains(name) || name == pod.Status.NominatedNodeName
               let statuses = framework.Filter(pod, podClass, row)
               where !statuses.IsEmpty
               select new NodeRejection(name, statuses),
        ];
    }

    private ImmutableArray<NodeScore> ScoresOf(Framework framework, PodClass podClass, int[] feasible)
    {
        var shares = framework.Scores.Select(_ => new long[feasible.Length]).ToArray();
        var raw = new long[shares.Length][];
        for (var i = 0; i < shares.Length; i++)
        {
            framework.Scores[i].Plugin.Score(podClass, feasible, shares[i]);
            raw[i] = [.. shares[i]];
            framework.Scores[i].Plugin.NormalizeScore(podClass, feasible, shares[i]);
        }

        return
        [
            .. feasible.Select((row, position) => new NodeScore(
                _state.Nodes.Names[row],
                [.. framework.Scores.Select((score, i) => new PluginScore(score.Plugin.Name, shares[i][position], score.Weight) { Raw = raw[i][position] })]) { Total = _totals[position] }),
        ];
    }
}
