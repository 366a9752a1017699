namespace K124.Sim.Storage.Internal;

/// <summary>The nodes that a topology reaches, kept up to date as nodes change.</summary>
internal sealed class Segment(NodeTopology topology)
{
    public NodeTopology Topology { get; } = topology;

    /// <summary>Rows of the nodes, in no particular order.</summary>
    public List<int> Rows { get; } = [];
}
