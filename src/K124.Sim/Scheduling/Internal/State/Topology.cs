namespace K124.Sim.Scheduling.Internal;

/// <summary>The domains that node labels form, one set per topology key.</summary>
internal sealed class Topology(NodeTable nodes, ChangeLog log)
{
    private readonly Dictionary<string, TopologyDomains> _byKey = new(StringComparer.Ordinal);
    private readonly List<int> _neighbours = [];

    public TopologyDomains Get(string key)
    {
        if (!_byKey.TryGetValue(key, out var domains))
        {
            _byKey.Add(key, domains = new(key, nodes));
        }

        return domains;
    }

    /// <summary>Follows a change of a row's node object.</summary>
    public void Follow(int row)
    {
        foreach (var domains in _byKey.Values)
        {
            _neighbours.Clear();
            domains.Follow(row, _neighbours);
            foreach (var neighbour in _neighbours)
            {
                log.Add(NodeChange.OfDomains(neighbour), nodes.RowCount);
            }
        }
    }
}

/// <summary>Which domain of one topology key each node is in.</summary>
internal sealed class TopologyDomains
{
    public const int None = -1;

    /// <summary>Domain of nodes whose label is empty; there need not be any.</summary>
    public const int EmptyValue = 0;

    private readonly NodeTable _nodes;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal) { [""] = EmptyValue };
    private readonly RowSets _rows = new();
    private int[] _of;

    public TopologyDomains(string key, NodeTable nodes)
    {
        Key = key;
        _nodes = nodes;
        _of = new int[nodes.RowCount];
        Array.Fill(_of, None);
        for (var row = 0; row < _of.Length; row++)
        {
            Follow(row, null);
        }
    }

    public string Key { get; }

    /// <summary>Domain by row; <see cref="None"/> if the node lacks the label.</summary>
    public ReadOnlySpan<int> Of => _of;

    /// <summary>Domains are below this number.</summary>
    public int Count => _ids.Count;

    /// <summary>Follows a change of a row's node object.</summary>
    /// <param name="row">The row.</param>
    /// <param name="neighbours">Where to list the other nodes of the domains that lose and gain it, if there are many domains; null not to.</param>
    public void Follow(int row, List<int>? neighbours)
    {
        var known = _of.Length;
        if (row >= known)
        {
            Array.Resize(ref _of, Math.Max(row + 1, 2 * known));
            Array.Fill(_of, None, known, _of.Length - known);
        }

        var domain = _nodes.Nodes[row].Metadata.Labels.TryGetValue(Key, out var value) ? IdOf(value) : None;
        if (domain == _of[row])
        {
            return;
        }

        _rows.Move(row, _of[row], domain);
        if (neighbours is not null && Count > DomainCounter.MaxNarrowDomains)
        {
            AddRowsOf(_of[row], row, neighbours);
            AddRowsOf(domain, row, neighbours);
        }

        _of[row] = domain;
    }

    /// <summary>Adds all rows of a domain but one to a list.</summary>
    public void AddRowsOf(int domain, int except, List<int> rows)
    {
        for (var row = domain == None ? RowSets.None : _rows.First(domain); row != RowSets.None; row = _rows.Next(row))
        {
            if (row != except)
            {
                rows.Add(row);
            }
        }
    }

    private int IdOf(string value)
    {
        if (!_ids.TryGetValue(value, out var id))
        {
            id = _ids.Count;
            _ids.Add(value, id);
        }

        return id;
    }
}
