using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.State;

/// <summary>A pod that the scheduler knows on a node, or nominated to one.</summary>
internal struct PodRecord
{
    public Pod Pod;

    public PodKind Kind;

    /// <summary>Row of the node.</summary>
    public int Row;

    public int Priority;

    /// <summary>Place in the node's list of pods.</summary>
    public int Slot;

    /// <summary>Hash of namespace and name.</summary>
    public int Hash;

    /// <summary>The next record with a like hash, or the next free one.</summary>
    public int Next;
}
