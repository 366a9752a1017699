using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Algorithm.Failures;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Scheduling;

/// <summary>Asking extenders, after the plugins.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler (findNodesThatPassExtenders, prioritizeNodes).</remarks>
public sealed partial class Scheduler
{
    // A node scores up to 100, an extender's answer up to 10.
    private const long ExtenderScale = 10;

    // Those that must answer come first.
    private readonly ImmutableArray<SchedulerExtender> _extenders;

    /// <summary>Extenders in the order in which they are asked.</summary>
    internal static ImmutableArray<SchedulerExtender> InOrder(ImmutableArray<SchedulerExtender> extenders) => [.. extenders.OrderBy(static extender => extender.Ignorable)];

    private static SchedulerOptions WithExtenders(SchedulerOptions options) =>
        options.Configuration.Extenders.IsEmpty ? options : options with { Configuration = options.Configuration.WithIgnoredResources() };

    private bool AsksExtenders(Pod pod)
    {
        foreach (var extender in _extenders)
        {
            if (extender.IsInterestedIn(pod))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets extenders drop feasible rows; those that are left stay at the front of the row buffer.</summary>
    private SearchResult FilterByExtenders(Framework framework, Pod pod, PodClass podClass, SearchResult search, int[] order, int first)
    {
        if (search.Failure is not null || !AsksExtenders(pod))
        {
            return search;
        }

        var feasible = _rows[..search.FeasibleNodes];
        var objections = new Dictionary<int, PluginStatus>();
        foreach (var extender in _extenders)
        {
            if (feasible.Length == 0 || extender.Filter is null || !extender.IsInterestedIn(pod))
            {
                continue;
            }

            var answer = extender.Filter(pod, NodesOf(feasible));
            if (answer.Error.Length > 0)
            {
                if (extender.Ignorable)
                {
                    continue;
                }

                return new(SchedulingResult.Failed(answer.Error));
            }

            if (FirstStranger(answer.NodeNames, feasible) is { } stranger)
            {
                return new(SchedulingResult.Failed($"extender \"{extender.UrlPrefix}\" claims a filtered node \"{stranger}\" which is not found in the input node list"));
            }

            Note(objections, answer);
            feasible = [.. feasible.Where(row => answer.NodeNames.Contains(_state.Nodes.Names[row]))];
        }

        if (feasible.Length > 0)
        {
            feasible.CopyTo(_rows, 0);
            return search with { FeasibleNodes = feasible.Length };
        }

        return new(RejectByExtenders(framework, pod, podClass, order, first, search.EvaluatedNodes, objections));
    }

    /// <summary>Notes why an extender drops nodes; what eviction does not change has the last word on a node.</summary>
    private void Note(Dictionary<int, PluginStatus> objections, ExtenderFilterResult answer)
    {
        foreach (var (name, reason) in answer.FailedAndUnresolvableNodes)
        {
            Append(name, reason, StatusCode.UnschedulableAndUnresolvable);
        }

        foreach (var (name, reason) in answer.FailedNodes.Where(failed => !answer.FailedAndUnresolvableNodes.ContainsKey(failed.Key)))
        {
            Append(name, reason, code: null);
        }

        void Append(string name, string reason, StatusCode? code)
        {
            if (_state.Nodes.FindListed(name) is >= 0 and var row)
            {
                var earlier = objections.GetValueOrDefault(row);
                objections[row] = new("", code ?? earlier?.Code ?? StatusCode.Unschedulable, [.. earlier?.Reasons ?? [], reason]);
            }
        }
    }

    /// <summary>Ends an attempt in which extenders dropped what the plugins had left.</summary>
    private SchedulingResult RejectByExtenders(
        Framework framework, Pod pod, PodClass podClass, int[] order, int first, int examined, Dictionary<int, PluginStatus> objections)
    {
        var diagnosis = new Diagnosis(_state.Nodes);
        for (var i = 0; i < examined; i++)
        {
            var row = order[(first + i) % order.Length];
            var statuses = framework.Filter(pod, podClass, row);
            if (!statuses.IsEmpty || objections.ContainsKey(row))
            {
                diagnosis.Add(row, statuses.IsEmpty ? objections[row].Alone : statuses);
            }
        }

        return Reject(framework, pod, podClass, examined, diagnosis, null);
    }

    /// <summary>Adds what extenders say of the feasible rows to their totals.</summary>
    private void AddExtenderScores(Pod pod, ReadOnlySpan<int> feasible, Span<long> totals)
    {
        foreach (var extender in _extenders)
        {
            if (extender.Prioritize is null || !extender.IsInterestedIn(pod))
            {
                continue;
            }

            var scores = extender.Prioritize(pod, NodesOf(feasible));
            for (var i = 0; scores.Length == totals.Length && i < totals.Length; i++)
            {
                totals[i] += scores[i] * extender.Weight * ExtenderScale;
            }
        }
    }

    /// <summary>The extender that binds a pod; null if the profile's plugin does.</summary>
    internal SchedulerExtender? BinderOf(Pod pod)
    {
        foreach (var extender in _extenders)
        {
            if (extender.BindVerb.Length > 0 && extender.IsInterestedIn(pod))
            {
                return extender;
            }
        }

        return null;
    }

    private string? FirstStranger(ImmutableArray<string> names, int[] rows) =>
        names.FirstOrDefault(name => !(_state.Nodes.FindListed(name) is >= 0 and var row && rows.Contains(row)));

    private ImmutableArray<Node> NodesOf(ReadOnlySpan<int> rows)
    {
        var nodes = ImmutableArray.CreateBuilder<Node>(rows.Length);
        foreach (var row in rows)
        {
            nodes.Add(_state.Nodes.Nodes[row]);
        }

        return nodes.MoveToImmutable();
    }
}
