using K124.Sim.Scheduling.Algorithm.Failures;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>All nodes as one class of pods sees them, kept in step with the pods on them: in groups that compare alike, by score within each.</summary>
internal sealed partial class ClassIndex
{
    private readonly IndexPlan _plan;
    private readonly PodClass _class;
    private readonly RowFlags _passesNodeFilters;
    private NodeLayout _layout;
    private readonly TopologyFacet?[] _facets;
    private readonly List<int> _touched = [];
    private readonly SharedScores _sharedScores;
    private RowFilter[] _filters = [];
    private LocalScores? _shared;
    private (RowScorer Scorer, int Weight)[] _scorers = [];
    private NodeGroup?[] _groupOf = [];
    private short[] _values = [];
    private NodeGroups _groups;
    private long[] _state = [];
    private bool _followsPods;
    private bool _hasChangedNodes;
    private int _nodeVersion;

    /// <param name="framework">The plugins.</param>
    /// <param name="podClass">The class.</param>
    /// <param name="layout">The nodes.</param>
    public ClassIndex(Framework framework, PodClass podClass, NodeLayout layout)
    {
        (_plan, _sharedScores) = (framework.Plan, framework.SharedScores);
        _class = podClass;
        _passesNodeFilters = framework.PassesNodeFilters(podClass);
        _layout = layout;
        _facets = new TopologyFacet?[_plan.Topology.Length];
        _groups = new(layout.Length, width: 0);
        IsSettled = framework.IsSettled(podClass);
        PreScoreError = IsSettled ? framework.PreScoreError(podClass) : null;
    }

    private ClassIndex(ClassIndex other, Framework framework, PodClass podClass)
        : this(framework, podClass, other._layout)
    {
        var forks = new Dictionary<NodeGroup, NodeGroup>(ReferenceEqualityComparer.Instance);
        _groups = other._groups.Fork(forks);
        _groupOf = [.. other._groupOf];
        _values = [.. other._values];
        _state = new long[other._state.Length];
        (_hasChangedNodes, _nodeVersion, _judgedFor) = (other._hasChangedNodes, other._nodeVersion, other._judgedFor);
        _crowded.UnionWith(other._crowded);
        _unjudged.AddRange(other._unjudged);
        ReadPlugins();
        var (latest, fork) = ((NodeGroup?)null, (NodeGroup?)null);
        foreach (ref var group in _groupOf.AsSpan())
        {
            if (group != latest)
            {
                (latest, fork) = (group, group is null ? null : forks[group]);
            }

            group = fork;
        }
    }

    /// <summary>The same nodes as the same class sees them after a fork; nothing compares them by the pods around them.</summary>
    public ClassIndex Fork(Framework framework, PodClass podClass) => new(this, framework, podClass);

    /// <summary>Whether PreFilter lets the pod pass, and PreScore says the same, as long as there is this index.</summary>
    public bool IsSettled { get; }

    /// <summary>What PreScore says if that is settled: an error, or null.</summary>
    public string? PreScoreError { get; }

    public NodeLayout Layout => _layout;

    public List<NodeGroup> Groups => _groups.All;

    /// <summary>Follows what has happened since the last time.</summary>
    public void CatchUp(NodeLayout layout)
    {
        var isSame = _groupOf.Length > 0;
        for (var i = 0; i < _facets.Length; i++)
        {
            var facet = _plan.Topology[i].Plugin.FacetOf(_class);
            isSame &= facet == _facets[i];
            _facets[i] = facet;
        }

        _touched.Clear();
        isSame &= _class.Counters!.TryTakeTouched(_touched);
        if (!isSame || _touched.Count > 2 * layout.Length)
        {
            _class.Failures = null;
            _layout = layout;
            Build();
            return;
        }

        if (layout != _layout)
        {
            MoveTo(layout);
        }

        _hasChangedNodes = _nodeVersion != _class.Versions.Nodes;
        _nodeVersion = _class.Versions.Nodes;
        foreach (var touched in _touched)
        {
            var row = TouchedRow.RowOf(touched);
            if (_layout.PositionOf(row) is >= 0 and var position)
            {
                _class.Failures?.Touch(row);
                Refresh(row, position, TouchedRow.Regroups(touched));
            }
        }
    }

    /// <summary>Whether a node can take the pod or not depends on that node alone.</summary>
    public bool FiltersLocally
    {
        get
        {
            for (var i = 0; i < _facets.Length; i++)
            {
                if (_plan.Topology[i].Filters && _facets[i] is { Filters: true })
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Touches, in what is remembered of failures, the nodes that plugins which compare nodes judge otherwise than at the last failure.</summary>
    public void TouchRejudged(FailureMemo memo)
    {
        var isChanged = false;
        foreach (var group in _groups.All)
        {
            isChanged |= group.Verdict != group.FailedVerdict;
        }

        if (!isChanged)
        {
            return;
        }

        foreach (var row in _layout.Rows)
        {
            if (_groupOf[row] is { } group && group.Verdict != group.FailedVerdict)
            {
                memo.Touch(row);
            }
        }

        foreach (var group in _groups.All)
        {
            group.FailedVerdict = group.Verdict;
        }
    }

    private void Build()
    {
        _state = new long[_plan.RelativeScores.Length + _facets.Sum(static facet => facet?.Width ?? 0)];
        _followsPods = Array.Exists(_facets, static facet => facet?.FollowsPods == true);
        if (_groups.Width == _state.Length)
        {
            _groups.Reset(_layout.Length);
        }
        else
        {
            _groups = new(_layout.Length, _state.Length);
        }

        if (_groupOf.Length < _layout.RowCount)
        {
            _groupOf = new NodeGroup?[_layout.RowCount];
            _values = new short[_layout.RowCount];
        }

        Array.Clear(_groupOf);
        Array.Fill(_values, BlockedColumn.None);
        ReadPlugins();
        ForgetCrowded();
        for (var position = 0; position < _layout.Length; position++)
        {
            var row = _layout.Rows[position];
            var group = GroupOf(row);
            _values[row] = Evaluate(row);
            _groupOf[row] = group;
            group.Members++;
        }

        PutAll();
    }

    /// <summary>Looks up what plugins have for the class, as long as that holds.</summary>
    private void ReadPlugins()
    {
        _filters = [.. _plan.LocalFilters.Select(filter => filter.RowFilterFor(_class)).OfType<RowFilter>()];
        _scorers = [.. _plan.LocalScores.Select(score => (score.Plugin.RowScorerFor(_class)!, score.Weight)).Where(static score => score.Item1 is not null)];
        _shared = _sharedScores.Extract(ref _filters, ref _scorers);
    }

    /// <summary>Follows nodes that have other positions, or none; those that are new are touched and come later.</summary>
    private void MoveTo(NodeLayout layout)
    {
        foreach (var row in _layout.Rows)
        {
            if (layout.PositionOf(row) < 0 && _groupOf[row] is { } group)
            {
                group.Members--;
                _groupOf[row] = null;
            }
        }

        _layout = layout;
        Array.Resize(ref _groupOf, Math.Max(_groupOf.Length, layout.RowCount));
        Array.Resize(ref _values, Math.Max(_values.Length, layout.RowCount));
        _groups.Resize(layout.Length);
        ForgetCrowded();
        PutAll();
    }

    /// <summary>Fills the empty columns.</summary>
    private void PutAll()
    {
        for (var position = 0; position < _layout.Length; position++)
        {
            var row = _layout.Rows[position];
            if (_groupOf[row] is { } group && _values[row] != BlockedColumn.None)
            {
                _groups.ColumnOf(group).Put(position, _values[row]);
            }
        }

        foreach (var group in _groups.All)
        {
            group.Column?.Complete();
        }
    }

    private void Refresh(int row, int position, bool regroups)
    {
        var value = Evaluate(row);
        _values[row] = value;
        ForgetCrowded(row);
        var group = _groupOf[row];
        if (group is null || (_followsPods && regroups) || _hasChangedNodes)
        {
            var now = GroupOf(row);
            if (now != group)
            {
                Leave(group, position);
                now.Members++;
                _groupOf[row] = group = now;
            }
        }

        if (value != BlockedColumn.None)
        {
            _groups.ColumnOf(group)[position] = value;
        }
        else if (group.Column is { } column)
        {
            column[position] = BlockedColumn.None;
        }
    }

    private static void Leave(NodeGroup? group, int position)
    {
        if (group is null)
        {
            return;
        }

        group.Members--;
        if (group.Column is { } column)
        {
            column[position] = BlockedColumn.None;
        }
    }

    private NodeGroup GroupOf(int row)
    {
        if (_state.Length == 0 && _groups.All.Count > 0)
        {
            return _groups.All[0];
        }

        var offset = 0;
        foreach (var (plugin, _) in _plan.RelativeScores)
        {
            _state[offset++] = plugin.Raw(_class, row);
        }

        foreach (var facet in _facets)
        {
            if (facet is not null)
            {
                facet.WriteState(row, _state.AsSpan(offset, facet.Width));
                offset += facet.Width;
            }
        }

        return _groups.Of(_state);
    }

    /// <summary>The part of a node's score that depends on it alone; none if it cannot take the pod.</summary>
    private short Evaluate(int row)
    {
        if (!_passesNodeFilters[row])
        {
            return BlockedColumn.None;
        }

        foreach (var filter in _filters)
        {
            if (!filter.Passes(row))
            {
                return BlockedColumn.None;
            }
        }

        long total = _shared?.Of(row) ?? 0;
        if (total == BlockedColumn.None)
        {
            return BlockedColumn.None;
        }

        foreach (var (scorer, weight) in _scorers)
        {
            total += weight * scorer.Of(row);
        }

        return (short)total;
    }
}
