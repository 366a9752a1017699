namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>Neighbouring completion indexes. In a text written by hand the last may lie before the first; such a run is empty.</summary>
internal readonly record struct IndexRun(int First, int Last)
{
    public long Length => (long)Last - First + 1;

    /// <summary>The place of the first run that ends at the index or after it.</summary>
    public static int FirstEndingAtOrAfter(ReadOnlySpan<IndexRun> runs, int index)
    {
        int low = 0, high = runs.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (runs[middle].Last >= index)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
