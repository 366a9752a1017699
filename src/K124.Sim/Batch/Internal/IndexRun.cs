namespace K124.Sim.Batch.Internal;

/// <summary>Neighbouring completion indexes. In a text written by hand the last may lie before the first; such a run is empty.</summary>
internal readonly record struct IndexRun(int First, int Last)
{
    public long Length => (long)Last - First + 1;
}
