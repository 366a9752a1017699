namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>The groups that the nodes fall into for one class of pods, found by what their nodes have in common.</summary>
/// <param name="length">Number of positions.</param>
/// <param name="width">How many numbers the nodes of a group have in common.</param>
internal sealed class NodeGroups(int length, int width)
{
    private const int MaxIdle = 16;

    private readonly Dictionary<int, NodeGroup> _byHash = [];
    private readonly Stack<NodeGroup> _spare = [];
    private int _length = length;
    private NodeGroup? _latest;

    /// <summary>How many numbers the nodes of a group have in common.</summary>
    public int Width { get; } = width;

    /// <summary>The groups; some may have no nodes any longer.</summary>
    public List<NodeGroup> All { get; } = [];

    /// <summary>The same groups, which changes of these do not touch.</summary>
    /// <param name="forks">Where to note which group stands for which.</param>
    public NodeGroups Fork(Dictionary<NodeGroup, NodeGroup> forks)
    {
        var fork = new NodeGroups(_length, Width);
        foreach (var group in All)
        {
            var copy = group.Copy();
            forks.Add(group, copy);
            fork.All.Add(copy);
            if (_byHash.ContainsKey(group.Hash))
            {
                copy.Next = fork._byHash.GetValueOrDefault(group.Hash);
                fork._byHash[group.Hash] = copy;
            }
        }

        return fork;
    }

    /// <summary>The group of a state.</summary>
    public NodeGroup Of(ReadOnlySpan<long> state)
    {
        // Nodes that follow one another mostly have the same in common.
        if (_latest is not null && state.SequenceEqual(_latest.State))
        {
            return _latest;
        }

        return _latest = Find(state);
    }

    private NodeGroup Find(ReadOnlySpan<long> state)
    {
        var hash = HashOf(state);
        for (var group = _byHash.GetValueOrDefault(hash); group is not null; group = group.Next)
        {
            if (state.SequenceEqual(group.State))
            {
                return group;
            }
        }

        return Add(state, hash);
    }

    /// <summary>The column of a group that now has a node that can take the pod.</summary>
    public BlockedColumn ColumnOf(NodeGroup group) => group.Column ??= new(_length);

    /// <summary>Empties all columns, which are to hold another number of positions.</summary>
    public void Resize(int length)
    {
        _length = length;
        foreach (var group in All)
        {
            if (group.Column?.Capacity >= length)
            {
                group.Column.Clear();
            }
            else
            {
                group.Column = null;
            }
        }
    }

    /// <summary>Begins anew without groups; what they were made of is used again.</summary>
    public void Reset(int length)
    {
        Resize(length);
        _byHash.Clear();
        _latest = null;
        foreach (var group in All)
        {
            group.Members = 0;
            _spare.Push(group);
        }

        All.Clear();
    }

    private NodeGroup Add(ReadOnlySpan<long> state, int hash)
    {
        var group = All.Count >= MaxIdle ? TakeIdle() : null;
        if (group is null)
        {
            All.Add(group = _spare.TryPop(out var spare) ? spare : new(Width));
        }

        state.CopyTo(group.State);
        group.Hash = hash;
        group.Next = _byHash.GetValueOrDefault(hash);
        _byHash[hash] = group;
        return group;
    }

    /// <summary>A group without nodes, if there are many such, to be used for other ones.</summary>
    private NodeGroup? TakeIdle()
    {
        NodeGroup? first = null;
        var idle = 0;
        foreach (var group in All)
        {
            if (group.Members == 0)
            {
                first ??= group;
                idle++;
            }
        }

        if (first is null || idle < MaxIdle)
        {
            return null;
        }

        Unlink(first);
        return first;
    }

    private void Unlink(NodeGroup group)
    {
        var first = _byHash[group.Hash];
        if (first == group)
        {
            if (group.Next is null)
            {
                _byHash.Remove(group.Hash);
            }
            else
            {
                _byHash[group.Hash] = group.Next;
            }

            return;
        }

        while (first.Next != group)
        {
            first = first.Next!;
        }

        first.Next = group.Next;
    }

    private static int HashOf(ReadOnlySpan<long> state)
    {
        const ulong Prime = 0x9FB21C651E98DF25UL;
        var hash = Prime;
        foreach (var number in state)
        {
            hash = (hash ^ (ulong)number) * Prime;
            hash ^= hash >> 29;
        }

        return (int)(hash >> 32);
    }
}
