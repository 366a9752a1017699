using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;

namespace K124.Sim.Storage.Internal;

/// <summary>Nodes as rows, and the segments of them that storage reaches.</summary>
/// <remarks>A segment is found through the labels that it demands, not by looking at every node.</remarks>
internal sealed class StorageNodes
{
    private readonly List<Node?> _nodes = [];
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, List<int>>> _rowsByLabel = new(StringComparer.Ordinal);
    private readonly Dictionary<object, Segment> _segments = [];
    private readonly Segment _everywhere = new(NodeTopology.Everywhere);

    public int Count => _nodes.Count;

    public Node? this[int row] => _nodes[row];

    public StringMap<string> Labels(int row) => _nodes[row]?.Metadata.Labels ?? StringMap<string>.Empty;

    /// <summary>Row of a node; -1 if there is none of that name.</summary>
    public int Find(string name) => _rows.GetValueOrDefault(name, -1);

    /// <summary>Puts a node into a row, or takes it out.</summary>
    /// <returns>Whether its labels are others than before, so that what can be reached from it may be too.</returns>
    public bool Set(int row, Node? node)
    {
        while (_nodes.Count <= row)
        {
            _nodes.Add(null);
        }

        var before = _nodes[row];
        if (before is not null)
        {
            _rows.Remove(before.Metadata.Name);
        }

        _nodes[row] = node;
        if (node is not null)
        {
            _rows[node.Metadata.Name] = row;
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
        var row = _nodes.IndexOf(null);
        return row < 0 ? _nodes.Count : row;
    }

    public Segment SegmentOf(VolumeNodeAffinity? affinity) => affinity?.Required is { } required
        ? SegmentOf(required, () => NodeTopology.Of(affinity))
        : _everywhere;

    public Segment SegmentOf(LabelSelector? selector) => selector is null
        ? SegmentOf(nameof(NodeTopology.Nowhere), static () => NodeTopology.Nowhere)
        : SegmentOf(selector, () => NodeTopology.Of(selector));

    public Segment SegmentOf(ImmutableArray<TopologySelectorTerm> allowed) => allowed.IsEmpty
        ? _everywhere
        : SegmentOf(new Items<TopologySelectorTerm>(allowed), () => NodeTopology.Of(allowed));

    private Segment SegmentOf(object key, Func<NodeTopology> topology)
    {
        if (!_segments.TryGetValue(key, out var segment))
        {
            segment = new(topology());
            Fill(segment);
            _segments.Add(key, segment);
        }

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

        segment.Rows.AddRange(found);
    }

    private IEnumerable<int> Candidates(ImmutableArray<LabelRequirement> term)
    {
        foreach (var requirement in term)
        {
            if (!requirement.AllowedValues.IsEmpty)
            {
                var rows = RowsByValue(requirement.Key);
                return requirement.AllowedValues.SelectMany(value => rows.GetValueOrDefault(value) ?? []);
            }
        }

        return Enumerable.Range(0, _nodes.Count);
    }

    private Dictionary<string, List<int>> RowsByValue(string key)
    {
        if (!_rowsByLabel.TryGetValue(key, out var rows))
        {
            rows = new(StringComparer.Ordinal);
            _rowsByLabel.Add(key, rows);
            for (var row = 0; row < _nodes.Count; row++)
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
                rows[old].Remove(row);
            }

            if (after?.Metadata.Labels.TryGetValue(key, out var value) == true)
            {
                Add(rows, value, row);
            }
        }

        Move(_everywhere, row, before, after);
        foreach (var segment in _segments.Values)
        {
            Move(segment, row, before, after);
        }
    }

    private static void Move(Segment segment, int row, Node? before, Node? after)
    {
        var was = before is not null && segment.Topology.Matches(before.Metadata.Labels);
        var isIn = after is not null && segment.Topology.Matches(after.Metadata.Labels);
        if (was && !isIn)
        {
            segment.Rows.Remove(row);
        }
        else if (isIn && !was)
        {
            segment.Rows.Add(row);
        }
    }

    private static void Add(Dictionary<string, List<int>> rows, string value, int row)
    {
        if (!rows.TryGetValue(value, out var list))
        {
            rows.Add(value, list = []);
        }

        list.Add(row);
    }
}
