using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Algorithm.Indexing;
using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling;

/// <summary>Deciding by an index of the nodes; the answers are those of looking at every node.</summary>
public sealed partial class Scheduler
{
    private readonly SearchWindow _window = new();
    private NodeLayout? _layout;
    private int[] _layoutOrder = [];
    private int[] _ranks = [];

    /// <summary>When an index is used, for tests that hold both ways equal.</summary>
    internal IndexUse IndexUse { get; set; }

    /// <summary>Whether each pod with claims is looked at on its own, for tests that hold both ways equal.</summary>
    internal bool LooksAtVolumesApart { set => _state.Volumes.IsApart = value; }

    private bool NamesDecideAll => _options.TieBreak == TieBreak.FirstByName && NodesToFind(_state.Nodes.Count, _percentageOfNodesToScore) == _state.Nodes.Count;

    /// <summary>Whether the pod is decided on by an index. The first of a class is not, since there may be no other.</summary>
    private bool HasIndex(Framework framework, Pod pod, PodClass podClass)
    {
        if (IndexUse == IndexUse.Never || pod.Status.NominatedNodeName.Length > 0 || _state.Nodes.HasExtremeAmounts || podClass.Requests.IsExtreme)
        {
            return false;
        }

        if (AsksExtenders(pod))
        {
            return false;
        }

        if (podClass.Index is { IsSettled: true })
        {
            return true;
        }

        return (!podClass.IsFirstUse || IndexUse == IndexUse.Always)
            && framework.Plan.Covers(podClass)
            && framework.PreFilter(podClass) is { Status: null, NodeNames: null };
    }

    private Decision DecideByIndex(Framework framework, Pod pod, PodClass podClass)
    {
        var index = IndexOf(framework, podClass);
        var length = index.Layout.Length;
        var wanted = NodesToFind(length, _percentageOfNodesToScore);
        var first = _start % length;
        index.HideCrowded(_state, framework, pod);
        index.FilterGroups();
        _window.Find(index.Groups, index.Layout, NamesDecideAll ? 0 : first, wanted);
        if (_window.Feasible == 0)
        {
            _start = first;
            return new(FailAgain(framework, pod, podClass, index, first));
        }

        _start = (first + _window.Examined) % length;
        if (_window.Feasible > 1 && (index.IsSettled ? index.PreScoreError : framework.PreScoreError(podClass)) is { } error)
        {
            return new(SchedulingResult.Failed(error));
        }

        return Chosen(index.Layout.Rows[Choose(index.BestOf(_window))], _window.Feasible, _window.Examined);
    }

    /// <summary>Ends an attempt for which no node is feasible, looking only at nodes where something has changed since the last time.</summary>
    private SchedulingResult FailAgain(Framework framework, Pod pod, PodClass podClass, ClassIndex index, int first)
    {
        var memo = podClass.Failures ??= new(_state.Nodes.RowCount);
        if (!index.FiltersLocally)
        {
            index.TouchRejudged(memo);
            memo.TouchComparing(_state.Nominations);
        }

        memo.Refresh(_state, framework, pod, podClass);
        var diagnosis = memo.DiagnosisFrom(_state.Nodes, first);
        var preemption = PostFilter(framework, pod, podClass, diagnosis);
        var isSame = memo.Last is { } known && known.Version == memo.Statuses.Version && ReferenceEquals(known.Result.Preemption, preemption);
        if (memo.Last is { } last && isSame && last.First == first)
        {
            return last.Result;
        }

        var result = isSame
            ? memo.Last!.Value.Result.From(diagnosis)
            : SchedulingResult.Unschedulable(_state.Nodes.Count, _state.Nodes.Count, diagnosis, null, preemption);
        memo.Last = (result, memo.Statuses.Version, first);
        return result;
    }

    private ClassIndex IndexOf(Framework framework, PodClass podClass)
    {
        var layout = LayOut();
        var index = podClass.Index ??= new(framework, podClass, layout);
        index.CatchUp(layout);
        return index;
    }

    /// <summary>The order of examination, or that of names where these alone decide between equals.</summary>
    private NodeLayout LayOut()
    {
        if (_layout is null || _layoutOrder != _state.Nodes.Order)
        {
            _layoutOrder = _state.Nodes.Order;
            var rows = NamesDecideAll ? _layoutOrder.OrderBy(row => _state.Nodes.NameRank[row]).ToArray() : _layoutOrder;
            _layout = new(rows, _state.Nodes.RowCount);
            _ranks = _options.TieBreak == TieBreak.FirstByName ? [.. rows.Select(row => _state.Nodes.NameRank[row])] : [];
        }

        return _layout;
    }

    private int Choose(List<(NodeGroup Group, short Value)> tied) => _options.TieBreak switch
    {
        TieBreak.FirstByName when !NamesDecideAll => _window.LowestRank(tied, _ranks),
        TieBreak.Seeded => _window.Nth(tied, Draw(tied)),
        _ => _window.Nth(tied, 0),
    };

    private int Draw(List<(NodeGroup Group, short Value)> tied)
    {
        var ties = 0;
        foreach (var (group, value) in tied)
        {
            ties += _window.CountOf(group.Column!, value);
        }

        return ties > 1 ? (int)_random.Next(ties) : 0;
    }
}

/// <summary>When decisions are made by an index.</summary>
internal enum IndexUse
{
    /// <summary>When it pays.</summary>
    Usual,

    /// <summary>Whenever it can be.</summary>
    Always,

    /// <summary>Never: every node is looked at.</summary>
    Never,
}
