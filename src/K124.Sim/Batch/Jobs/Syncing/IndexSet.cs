using System.Runtime.InteropServices;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>A set of indexes that changes one index at a time, kept as runs.</summary>
internal sealed class IndexSet
{
    private readonly List<IndexRun> _runs = [];
    private CompletedIndexes? _snapshot = CompletedIndexes.None;

    public CompletedIndexes Snapshot => _snapshot ??= CompletedIndexes.Of(CollectionsMarshal.AsSpan(_runs));

    /// <summary>Adds an index that is not in the set.</summary>
    public void Add(int index)
    {
        _snapshot = null;
        var at = FirstEndingAtOrAfter(index - 1);
        var touchesLeft = at < _runs.Count && _runs[at].Last == index - 1;
        var right = touchesLeft ? at + 1 : at;
        var touchesRight = right < _runs.Count && _runs[right].First == index + 1;
        if (touchesLeft)
        {
            _runs[at] = new(_runs[at].First, touchesRight ? _runs[right].Last : index);
            if (touchesRight)
            {
                _runs.RemoveAt(right);
            }
        }
        else if (touchesRight)
        {
            _runs[right] = new(index, _runs[right].Last);
        }
        else
        {
            _runs.Insert(right, new(index, index));
        }
    }

    /// <summary>Removes an index that is in the set.</summary>
    public void Remove(int index)
    {
        _snapshot = null;
        var at = FirstEndingAtOrAfter(index);
        var run = _runs[at];
        if (run.First == run.Last)
        {
            _runs.RemoveAt(at);
        }
        else if (run.First == index)
        {
            _runs[at] = new(index + 1, run.Last);
        }
        else
        {
            _runs[at] = new(run.First, index - 1);
            if (run.Last > index)
            {
                _runs.Insert(at + 1, new(index + 1, run.Last));
            }
        }
    }

    private int FirstEndingAtOrAfter(int index) => IndexRun.FirstEndingAtOrAfter(CollectionsMarshal.AsSpan(_runs), index);
}
