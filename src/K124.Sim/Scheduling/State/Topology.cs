using K124.Sim.Collections;

namespace K124.Sim.Scheduling.State;

/// <summary>The domains that node labels form, one set per topology key.</summary>
internal sealed class Topology(NodeTable nodes, ChangeLog log, Ownership ownership)
{
    private readonly Dictionary<string, TopologyDomains> _byKey = new(StringComparer.Ordinal);
    private readonly List<int> _neighbours = [];

    /// <summary>The same domains of nodes in another table, which changes of these do not touch.</summary>
    public Topology Fork(NodeTable others, ChangeLog otherLog, Ownership otherOwnership)
    {
        var fork = new Topology(others, otherLog, otherOwnership);
        foreach (var (key, domains) in _byKey)
        {
            fork._byKey.Add(key, domains.Fork(others, otherOwnership));
        }

        return fork;
    }

    public TopologyDomains Get(string key)
    {
        if (!_byKey.TryGetValue(key, out var domains))
        {
            _byKey.Add(key, domains = new(key, nodes, ownership));
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
    private readonly Ownership _ownership;
    private readonly ForkableMap<string, int> _ids;
    private RowSets _rows;
    private int[] _of;
    private object _owner;

    public TopologyDomains(string key, NodeTable nodes, Ownership ownership)
    {
        Key = key;
        (_nodes, _ownership, _owner) = (nodes, ownership, ownership.Token);
        _ids = new(ownership, StringComparer.Ordinal);
        _ids.Add("", EmptyValue);
        _rows = new();
        _of = new int[nodes.RowCount];
        Array.Fill(_of, None);
        for (var row = 0; row < _of.Length; row++)
        {
            Follow(row, null);
        }
    }

    private TopologyDomains(TopologyDomains other, NodeTable nodes, Ownership ownership)
    {
        Key = other.Key;
        (_nodes, _ownership, _owner) = (nodes, ownership, other._owner);
        _ids = other._ids.Fork(ownership);
        (_rows, _of) = (other._rows, other._of);
    }

    public string Key { get; }

    /// <summary>Domain by row; <see cref="None"/> if the node lacks the label.</summary>
    public ReadOnlySpan<int> Of => _of;

    /// <summary>Domains are below this number.</summary>
    public int Count => _ids.Count;

    /// <summary>The same domains of nodes in another table, which changes of these do not touch.</summary>
    public TopologyDomains Fork(NodeTable nodes, Ownership ownership) => new(this, nodes, ownership);

    /// <summary>Follows a change of a row's node object.</summary>
    /// <param name="row">The row.</param>
    /// <param name="neighbours">Where to list the other nodes of the domains that lose and gain it, if there are many domains; null not to.</param>
    public void Follow(int row, List<int>? neighbours)
    {
        Own();
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

    private void Own()
    {
        if (!ReferenceEquals(_owner, _ownership.Token))
        {
            (_of, _rows, _owner) = ([.. _of], _rows.Copy(), _ownership.Token);
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
