namespace K124.Sim.Storage.Binding;

/// <summary>The nodes that a topology reaches; which those are is known by <see cref="StorageNodes"/>.</summary>
internal sealed class Segment(int number, NodeTopology topology)
{
    public int Number { get; } = number;

    public NodeTopology Topology { get; } = topology;
}
