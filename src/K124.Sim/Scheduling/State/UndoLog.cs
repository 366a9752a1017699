namespace K124.Sim.Scheduling.State;

/// <summary>What it takes to undo the changes since the oldest checkpoint; nothing is kept without one.</summary>
internal sealed class UndoLog
{
    private readonly List<UndoEntry> _entries = [];
    private int _checkpoints;

    public bool IsActive => _checkpoints > 0;

    public int Count => _entries.Count;

    /// <summary>Begins, or goes on, to keep entries.</summary>
    public void Open() => _checkpoints++;

    /// <summary>Ends what <see cref="Open"/> began.</summary>
    /// <returns>The entries that nobody needs any longer; empty while there are checkpoints.</returns>
    public UndoEntry[] Close()
    {
        _checkpoints--;
        if (_checkpoints > 0)
        {
            return [];
        }

        UndoEntry[] dropped = [.. _entries];
        _entries.Clear();
        return dropped;
    }

    /// <summary>Goes through what is kept, the oldest first.</summary>
    public void ForEach(Action<UndoEntry> action) => _entries.ForEach(action);

    public void Add(UndoKind kind, int id, int place = 0, object? data = null)
    {
        if (IsActive)
        {
            _entries.Add(new(kind, id, place, data));
        }
    }

    public UndoEntry TakeLast()
    {
        var last = _entries[^1];
        _entries.RemoveAt(_entries.Count - 1);
        return last;
    }
}

internal enum UndoKind
{
    PodPlaced,
    PodRemoved,
    Nominated,
    NominationDropped,
    NodeChanged,
    OrderRefreshed,
    ClusterChanged,
    VolumesChanged,
}

/// <summary>One change.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Id">Pod or row.</param>
/// <param name="Place">Where the pod was.</param>
/// <param name="Data">What else is needed.</param>
internal readonly record struct UndoEntry(UndoKind Kind, int Id, int Place, object? Data);
