using System.Collections.Immutable;
using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;

namespace K124.Sim.Storage.Binding;

/// <summary>Nodes as rows, and the segments of them that storage reaches.</summary>
/// <remarks>A segment is found through the labels that it demands, not by looking at every node.</remarks>
internal sealed class StorageNodes
{
    private readonly Ownership _ownership;
    private readonly PagedArray<Node?> _nodes;
    private readonly ForkableMap<string, int> _rows;
    private readonly Dictionary<string, ForkableMap<string, ForkableList<int>>> _rowsByLabel = new(StringComparer.Ordinal);
    private readonly ForkableMap<object, Segment> _segments;
    private readonly PagedArray<Reach> _reaches;
    private readonly Segment _everywhere;
    private int _segmentCount;

    public StorageNodes(Ownership ownership)
    {
        _ownership = ownership;
        _nodes = new(ownership);
        _rows = new(ownership, StringComparer.Ordinal);
        _segments = new(ownership);
        _reaches = new(ownership);
        _everywhere = Add(NodeTopology.Everywhere);
    }

    private StorageNodes(Ownership ownership, StorageNodes other)
    {
        _ownership = ownership;
        _nodes = other._nodes.Fork(ownership);
        _rows = other._rows.Fork(ownership);
        foreach (var (key, rows) in other._rowsByLabel)
        {
            _rowsByLabel.Add(key, rows.Fork(ownership));
        }

        _segments = other._segments.Fork(ownership);
        _reaches = other._reaches.Fork(ownership);
        (_everywhere, _segmentCount, Count) = (other._everywhere, other._segmentCount, other.Count);
    }

    public int Count { get; private set; }

    public Node? this[int row] => _nodes[row];

    public StorageNodes Fork(Ownership ownership) => new(ownership, this);

    public StringMap<string> Labels(int row) => _nodes[row]?.Metadata.Labels ?? StringMap<string>.Empty;

    /// <summary>Row of a node; -1 if there is none of that name.</summary>
    public int Find(string name) => _rows.GetValueOrDefault(name, -1);

    /// <summary>Rows of the nodes of a segment, in no particular order.</summary>
    public ReadOnlySpan<int> RowsOf(Segment segment) => _reaches[segment.Number].Rows.Items;

    /// <summary>Puts a node into a row, or takes it out.</summary>
    /// <returns>Whether its labels are others than before, so that what can be reached from it may be too.</returns>
    public bool Set(int row, Node? node)
    {
        Count = Math.Max(Count, row + 1);
        _nodes.EnsureCapacity(Count);
        var before = _nodes[row];
        if (before is not null)
        {
            _rows.Remove(before.Metadata.Name, out _);
        }

        _nodes.Own(row) = node;
        if (node is not null)
        {
            _rows.Set(node.Metadata.Name, row);
        }

        if (before is not null && node is not null && before.Metadata.Labels.Equals(node.Metadata.Labels))
        {
            return false;
        }

        Reindex(row, before, node);
        return true;
    }

    /// <summary>A row that no node has.</summary>
    public int FreeRow()
    {
        var row = 0;
        while (row < Count && _nodes[row] is not null)
        {
            row++;
        }

        return row;
    }

    public Segment SegmentOf(VolumeNodeAffinity? affinity) => affinity?.Required is { } required
        ? SegmentOf(required, () => NodeTopology.Of(affinity))
        : _everywhere;

    public Segment SegmentOf(LabelSelector? selector) => selector is null
        ? SegmentOf(nameof(NodeTopology.Nowhere), static () => NodeTopology.Nowhere)
        : SegmentOf(selector, () => NodeTopology.Of(selector));

    private Segment SegmentOf(object key, Func<NodeTopology> topology)
    {
        if (!_segments.TryGetValue(key, out var segment))
        {
            segment = Add(topology());
            Fill(segment);
            _segments.Add(key, segment);
        }

        return segment;
    }

    private Segment Add(NodeTopology topology)
    {
        var segment = new Segment(_segmentCount++, topology);
        _reaches.EnsureCapacity(_segmentCount);
        _reaches.Own(segment.Number).Segment = segment;
        return segment;
    }

    private void Fill(Segment segment)
    {
        var found = new SortedSet<int>();
        foreach (var term in segment.Topology.Terms)
        {
            foreach (var row in Candidates(term))
            {
                if (_nodes[row] is not null && segment.Topology.Matches(Labels(row)))
                {
                    found.Add(row);
                }
            }
        }

        _reaches.Own(segment.Number).Rows.Own(_ownership).AddRange(found);
    }

    private IEnumerable<int> Candidates(ImmutableArray<LabelRequirement> term)
    {
        foreach (var requirement in term)
        {
            if (!requirement.AllowedValues.IsEmpty)
            {
                var rows = RowsByValue(requirement.Key);
                return requirement.AllowedValues.SelectMany(value => rows.GetValueOrDefault(value, default).Items.ToArray());
            }
        }

        return Enumerable.Range(0, Count);
    }

    private ForkableMap<string, ForkableList<int>> RowsByValue(string key)
    {
        if (!_rowsByLabel.TryGetValue(key, out var rows))
        {
            rows = new(_ownership, StringComparer.Ordinal);
            _rowsByLabel.Add(key, rows);
            for (var row = 0; row < Count; row++)
            {
                if (Labels(row).TryGetValue(key, out var value))
                {
                    Add(rows, value, row);
                }
            }
        }

        return rows;
    }

    private void Reindex(int row, Node? before, Node? after)
    {
        foreach (var (key, rows) in _rowsByLabel)
        {
            if (before?.Metadata.Labels.TryGetValue(key, out var old) == true)
            {
                var list = rows.GetValueOrDefault(old, default);
                list.Own(_ownership).Remove(row);
                rows.Set(old, list);
            }

            if (after?.Metadata.Labels.TryGetValue(key, out var value) == true)
            {
                Add(rows, value, row);
            }
        }

        for (var number = 0; number < _segmentCount; number++)
        {
            Move(_reaches[number].Segment, row, before, after);
        }
    }

    private void Move(Segment segment, int row, Node? before, Node? after)
    {
        var was = before is not null && segment.Topology.Matches(before.Metadata.Labels);
        var isIn = after is not null && segment.Topology.Matches(after.Metadata.Labels);
        if (was && !isIn)
        {
            _reaches.Own(segment.Number).Rows.Own(_ownership).Remove(row);
        }
        else if (isIn && !was)
        {
            _reaches.Own(segment.Number).Rows.Own(_ownership).Add(row);
        }
    }

    private void Add(ForkableMap<string, ForkableList<int>> rows, string value, int row)
    {
        var list = rows.GetValueOrDefault(value, default);
        list.Own(_ownership).Add(row);
        rows.Set(value, list);
    }

    private struct Reach
    {
        public Segment Segment;
        public ForkableList<int> Rows;
    }
}
