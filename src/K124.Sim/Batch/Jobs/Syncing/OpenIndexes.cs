namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>Which indexes may wait for a pod: all from a mark on, and those below it that were opened again.</summary>
/// <remarks>An index leaves when a look finds it completed or in use, and comes back when what closed it is gone, so that a look costs
/// what changed and not how many indexes there are.</remarks>
internal sealed class OpenIndexes
{
    // Below the mark; an index may stand here more than once.
    private readonly PriorityQueue<int, int> _reopened = new();
    private int _mark;

    public void Reopen(int index)
    {
        if (index < _mark)
        {
            _reopened.Enqueue(index, index);
        }
    }

    /// <summary>The lowest indexes that are neither completed nor used by an active pod.</summary>
    /// <param name="completed">The completed ones.</param>
    /// <param name="activeByIndex">How many active pods each index has.</param>
    /// <param name="completions">The first index that does not count.</param>
    /// <param name="most">Most to return.</param>
    /// <param name="into">Receives the indexes, ascending.</param>
    public void Take(CompletedIndexes completed, IndexCounts activeByIndex, int completions, int most, List<int> into)
    {
        TakeReopened(completed, activeByIndex, most, into);
        var runs = completed.Runs;
        var run = completed.FirstEndingAtOrAfter(_mark);
        var index = _mark;
        var stillClosed = true;
        while (index < completions && into.Count < most)
        {
            while (run < runs.Length && runs[run].Last < index)
            {
                run++;
            }

            if (run < runs.Length && runs[run].First <= index)
            {
                index = runs[run].Last + 1;
            }
            else if (activeByIndex[index] > 0)
            {
                index++;
            }
            else
            {
                // It stays open until its pod is seen.
                _mark = stillClosed ? index : _mark;
                stillClosed = false;
                into.Add(index++);
            }
        }

        _mark = stillClosed ? Math.Max(_mark, index) : _mark;
    }

    private void TakeReopened(CompletedIndexes completed, IndexCounts activeByIndex, int most, List<int> into)
    {
        while (into.Count < most && _reopened.TryDequeue(out var index, out _))
        {
            if ((into.Count == 0 || into[^1] != index) && activeByIndex[index] == 0 && !completed.Contains(index))
            {
                into.Add(index);
            }
        }

        // They stay open until their pods are seen.
        foreach (var index in into)
        {
            _reopened.Enqueue(index, index);
        }
    }
}
