namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>What a plugin that compares nodes by the pods around them says of one class of pods, for groups of nodes instead of single ones.</summary>
internal abstract class TopologyFacet
{
    /// <summary>How many numbers of a group's state are the plugin's.</summary>
    public abstract int Width { get; }

    /// <summary>Whether some of these numbers change with the pods on nodes.</summary>
    public abstract bool FollowsPods { get; }

    /// <summary>Writes a node's numbers.</summary>
    public abstract void WriteState(int row, Span<long> state);

    /// <summary>Whether the plugin may rule nodes out for this class.</summary>
    public abstract bool Filters { get; }

    /// <summary>How many objections one plugin can have, and one for none.</summary>
    protected const int Objections = 4;

    /// <summary>Rules groups out: <see cref="NodeGroup.Verdict"/> is taken times <see cref="Objections"/>, and the number of the objection added, 0 for none.</summary>
    /// <param name="groups">All groups.</param>
    /// <param name="offset">Where the plugin's numbers begin in a group's state.</param>
    public virtual void Filter(List<NodeGroup> groups, int offset)
    {
    }

    /// <summary>Whether the plugin scores nodes of this class differently.</summary>
    public virtual bool Scores => false;

    /// <summary>Writes the normalised score, 0 to 100, of each group as its raw number.</summary>
    /// <param name="window">The groups with feasible nodes, and where these are.</param>
    /// <param name="offset">Where the plugin's numbers begin in a group's state.</param>
    public virtual void Score(SearchWindow window, int offset)
    {
    }
}
