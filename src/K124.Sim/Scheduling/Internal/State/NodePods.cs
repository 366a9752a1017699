namespace K124.Sim.Scheduling.Internal;

/// <summary>The ids of the pods on each node, in the scheduler's order: appended when added, the last one fills a removed one's place.</summary>
internal sealed class NodePods(PodTable pods)
{
    private const int MinCapacity = 4;

    private int[][] _ids = [];
    private int[] _counts = [];

    public ReadOnlySpan<int> this[int row] => _ids[row].AsSpan(0, _counts[row]);

    public int Count(int row) => _counts[row];

    public void EnsureRows(int capacity)
    {
        var known = _ids.Length;
        if (known < capacity)
        {
            Array.Resize(ref _ids, capacity);
            Array.Resize(ref _counts, capacity);
            Array.Fill(_ids, [], known, capacity - known);
        }
    }

    public void Append(int row, int id)
    {
        var count = _counts[row]++;
        if (count == _ids[row].Length)
        {
            Array.Resize(ref _ids[row], Math.Max(MinCapacity, 2 * count));
        }

        _ids[row][count] = id;
        pods.SetSlot(id, count);
    }

    /// <summary>Takes a pod out; the last one fills its place.</summary>
    /// <returns>Its place.</returns>
    public int Remove(int row, int id)
    {
        var slot = pods[id].Slot;
        var last = --_counts[row];
        Set(row, slot, _ids[row][last]);
        return slot;
    }

    /// <summary>Undoes <see cref="Remove"/>.</summary>
    public void Restore(int row, int id, int slot)
    {
        Append(row, id);
        var last = _counts[row] - 1;
        Set(row, last, _ids[row][slot]);
        Set(row, slot, id);
    }

    /// <summary>Puts the pods of a node, all of which are there, into the given order.</summary>
    public void Reorder(int row, ReadOnlySpan<int> ids)
    {
        for (var slot = 0; slot < ids.Length; slot++)
        {
            Set(row, slot, ids[slot]);
        }
    }

    private void Set(int row, int slot, int id)
    {
        _ids[row][slot] = id;
        pods.SetSlot(id, slot);
    }
}
