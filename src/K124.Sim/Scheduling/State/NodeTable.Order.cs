using K124.Sim.Model;

namespace K124.Sim.Scheduling.State;

/// <summary>The order in which nodes are examined.</summary>
/// <remarks>It is that of the tree when names last came or went: a node that changes its zone, or goes and comes back between two attempts,
/// keeps its position. Kubernetes 1.24 pkg/scheduler/internal/cache (UpdateSnapshot).</remarks>
internal sealed partial class NodeTable
{
    private readonly NodeTree _tree;
    private bool[] _isListed = [];
    private int _unlisted;
    private int[]? _nameRank;

    /// <summary>Number of nodes that are examined.</summary>
    public int Count => Order.Length;

    /// <summary>Rows in the order in which the scheduler examines them; replaced, never changed.</summary>
    public int[] Order { get; private set; } = [];

    /// <summary>Whether the row is in the order.</summary>
    public bool IsListed(int row) => _isListed[row];

    /// <summary>The row of a node that is examined, or -1.</summary>
    public int FindListed(string name) => Find(name) is >= 0 and var row && _isListed[row] ? row : -1;

    /// <summary>Position of each row's name in ordinal order.</summary>
    public int[] NameRank => _nameRank ??= RankNames();

    public void AddToTree(int row, Node node)
    {
        _tree.Add(row, node);
        _unlisted += _isListed[row] ? -1 : 1;
    }

    public NodeTreePlace RemoveFromTree(int row, Node node)
    {
        _unlisted += _isListed[row] ? 1 : -1;
        return _tree.Remove(row, node);
    }

    /// <summary>Undoes <see cref="RemoveFromTree"/>.</summary>
    public void RestoreToTree(int row, Node node, NodeTreePlace place)
    {
        _tree.Restore(row, node, place);
        _unlisted += _isListed[row] ? -1 : 1;
    }

    /// <summary>Moves a node that stays in the tree; it stays listed as it is.</summary>
    public NodeTreePlace MoveInTree(int row, Node from, Node to)
    {
        var place = _tree.Remove(row, from);
        _tree.Add(row, to);
        return place;
    }

    /// <summary>Undoes <see cref="MoveInTree"/>.</summary>
    public void MoveBackInTree(int row, Node from, Node to, NodeTreePlace place)
    {
        _tree.Remove(row, to);
        _tree.Restore(row, from, place);
    }

    /// <summary>Lists the nodes that have come, and no longer those that have gone.</summary>
    /// <returns>The old order if it changed.</returns>
    public int[]? RefreshOrder()
    {
        if (_unlisted == 0)
        {
            return null;
        }

        var old = Order;
        List(_tree.Order());
        return old;
    }

    /// <summary>Undoes <see cref="RefreshOrder"/>, while the same nodes are in the tree.</summary>
    public void RestoreOrder(int[] order) => List(order);

    private void List(int[] order)
    {
        OwnObjects();
        foreach (var row in Order)
        {
            _isListed[row] = false;
        }

        foreach (var row in order)
        {
            _isListed[row] = true;
        }

        Order = order;
        _nameRank = null;
        _unlisted = 0;
        for (var row = 0; row < RowCount; row++)
        {
            _unlisted += HasNode[row] != _isListed[row] ? 1 : 0;
        }
    }

    private int[] RankNames()
    {
        var byName = (int[])Order.Clone();
        Array.Sort(byName, (a, b) => string.CompareOrdinal(Names[a], Names[b]));
        var ranks = new int[RowCount];
        for (var rank = 0; rank < byName.Length; rank++)
        {
            ranks[byName[rank]] = rank;
        }

        return ranks;
    }
}
