using K124.Sim.Collections;

namespace K124.Sim.Scheduling.State;

/// <summary>The ids of the pods on each node, in the scheduler's order: appended when added, the last one fills a removed one's place.</summary>
internal sealed class NodePods
{
    private const int MinCapacity = 4;

    private readonly PodTable _pods;
    private readonly Ownership _ownership;
    private readonly PagedArray<PodList> _lists;

    public NodePods(PodTable pods, Ownership ownership)
    {
        (_pods, _ownership) = (pods, ownership);
        _lists = new(ownership);
    }

    /// <summary>A fork.</summary>
    public NodePods(NodePods other, PodTable pods, Ownership ownership)
    {
        (_pods, _ownership) = (pods, ownership);
        _lists = other._lists.Fork(ownership);
    }

    public ReadOnlySpan<int> this[int row]
    {
        get
        {
            ref readonly var list = ref _lists[row];
            return list.Ids.AsSpan(0, list.Count);
        }
    }

    public int Count(int row) => _lists[row].Count;

    public void EnsureRows(int capacity) => _lists.EnsureCapacity(capacity);

    public void Append(int row, int id)
    {
        ref var list = ref Own(row);
        var count = list.Count++;
        if (count == list.Ids.Length)
        {
            Array.Resize(ref list.Ids, Math.Max(MinCapacity, 2 * count));
        }

        list.Ids[count] = id;
        _pods.SetSlot(id, count);
    }

    /// <summary>Takes a pod out; the last one fills its place.</summary>
    /// <returns>Its place.</returns>
    public int Remove(int row, int id)
    {
        ref var list = ref Own(row);
        var slot = _pods[id].Slot;
        list.Count--;
        Set(ref list, slot, list.Ids[list.Count]);
        return slot;
    }

    /// <summary>Undoes <see cref="Remove"/>.</summary>
    public void Restore(int row, int id, int slot)
    {
        Append(row, id);
        ref var list = ref Own(row);
        Set(ref list, list.Count - 1, list.Ids[slot]);
        Set(ref list, slot, id);
    }

    /// <summary>Puts the pods of a node, all of which are there, into the given order.</summary>
    public void Reorder(int row, ReadOnlySpan<int> ids)
    {
        ref var list = ref Own(row);
        for (var slot = 0; slot < ids.Length; slot++)
        {
            Set(ref list, slot, ids[slot]);
        }
    }

    private void Set(ref PodList list, int slot, int id)
    {
        list.Ids[slot] = id;
        _pods.SetSlot(id, slot);
    }

    private ref PodList Own(int row)
    {
        ref var list = ref _lists.Own(row);
        if (!ReferenceEquals(list.Owner, _ownership.Token))
        {
            list.Ids = list.Ids is null ? [] : (int[])list.Ids.Clone();
            list.Owner = _ownership.Token;
        }

        return ref list;
    }

    private struct PodList
    {
        public int[] Ids;
        public object Owner;
        public int Count;
    }
}
