namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>Nodes that are alike in everything that is judged in comparison with other nodes: what differs among them lies in the column.</summary>
internal sealed class NodeGroup(int width)
{
    /// <summary>A group of the same state and column.</summary>
    public NodeGroup Copy()
    {
        var copy = new NodeGroup(State.Length) { Hash = Hash, Members = Members, Column = Column?.Copy(), FailedVerdict = FailedVerdict };
        State.CopyTo(copy.State, 0);
        return copy;
    }

    /// <summary>What the nodes have in common.</summary>
    public long[] State { get; } = new long[width];

    public int Hash { get; set; }

    /// <summary>Another group whose state has the same hash.</summary>
    public NodeGroup? Next { get; set; }

    /// <summary>Number of nodes, fit for the pod or not.</summary>
    public int Members { get; set; }

    /// <summary>By position: the part of the score that depends on the node alone; none if it cannot take the pod. Null while no node of the group ever could.</summary>
    public BlockedColumn? Column { get; set; }

    /// <summary>Number of nodes that can take the pod, as far as that depends on each alone.</summary>
    public int Fit => Column?.Count ?? 0;

    /// <summary>Whether nothing that compares nodes rules the group out, in this attempt.</summary>
    public bool Passes => Verdict == 0;

    /// <summary>What each plugin that compares nodes has against the group, as one number; 0 for nothing, in this attempt.</summary>
    public int Verdict { get; set; }

    /// <summary>The verdict of the last attempt that failed.</summary>
    public int FailedVerdict { get; set; }

    /// <summary>The greatest number of the column within the window of this attempt.</summary>
    public short Best { get; set; }

    /// <summary>What comparison with other nodes adds to the score, in this attempt.</summary>
    public long Offset { get; set; }

    /// <summary>A scratch number of the plugin at work.</summary>
    public long Raw { get; set; }
}
