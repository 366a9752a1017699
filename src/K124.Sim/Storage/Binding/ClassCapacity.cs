using K124.Sim.Collections;
using K124.Sim.Model;

namespace K124.Sim.Storage.Binding;

/// <summary>The capacity objects of one class, with the largest limit for each node.</summary>
internal sealed class ClassCapacity
{
    private readonly StorageNodes _nodes;
    private readonly Ownership _ownership;
    private readonly ForkableMap<ObjectKey, int> _slots;
    private readonly PagedArray<CapacityEntry?> _entries;
    private readonly PagedArray<long> _limits;
    private PagedArray<ForkableList<int>>? _byRow;
    private ForkableList<int> _freeSlots;
    private int _rowCount;

    public ClassCapacity(StorageNodes nodes, Ownership ownership)
    {
        (_nodes, _ownership) = (nodes, ownership);
        _slots = new(ownership);
        _entries = new(ownership);
        _limits = new(ownership);
    }

    private ClassCapacity(ClassCapacity other, StorageNodes nodes, Ownership ownership)
    {
        (_nodes, _ownership) = (nodes, ownership);
        _slots = other._slots.Fork(ownership);
        _entries = other._entries.Fork(ownership);
        _limits = other._limits.Fork(ownership);
        (_byRow, _freeSlots, _rowCount) = (other._byRow?.Fork(ownership), other._freeSlots, other._rowCount);
    }

    /// <summary>An object by its slot.</summary>
    public CapacityEntry this[int slot] => _entries[slot]!;

    public ClassCapacity Fork(StorageNodes nodes, Ownership ownership) => new(this, nodes, ownership);

    /// <summary>The largest limit of all objects that a node can reach, in bytes; -1 if there is none.</summary>
    public long Limit(int row)
    {
        Build();
        return row < _rowCount ? _limits[row] : -1;
    }

    /// <summary>Slots of the objects that a node can reach, by namespace and name.</summary>
    public ReadOnlySpan<int> Reachable(int row)
    {
        var byRow = Build();
        return row < _rowCount ? byRow[row].Items : [];
    }

    /// <summary>The object of the largest limit that a node can reach; the first by namespace and name among equals.</summary>
    public CapacityEntry? Largest(int row)
    {
        CapacityEntry? largest = null;
        foreach (var slot in Reachable(row))
        {
            var entry = _entries[slot]!;
            largest = largest is null || entry.Limit > largest.Limit ? entry : largest;
        }

        return largest;
    }

    public CapacityEntry? Find(ObjectKey key) => _slots.TryGetValue(key, out var slot) ? _entries[slot] : null;

    /// <summary>Puts an object in, in place of an older one, or takes it out.</summary>
    public void Set(ObjectKey key, CapacityEntry? entry)
    {
        if (_slots.TryGetValue(key, out var slot))
        {
            if (entry is not null && ReferenceEquals(entry.Segment, _entries[slot]!.Segment))
            {
                Replace(slot, entry);
                return;
            }

            Remove(key, slot);
        }

        if (entry is not null)
        {
            Add(key, entry);
        }
    }

    /// <summary>Hands out more of an object, if it is still the one that it was.</summary>
    public void Take(CapacityEntry origin, long bytes)
    {
        if (_slots.TryGetValue(ObjectKey.Of(origin.Object), out var slot) && _entries[slot] is { } entry && ReferenceEquals(entry.Origin, origin))
        {
            Replace(slot, entry.Taking(bytes));
        }
    }

    /// <summary>Forgets which nodes reach what, since nodes have changed.</summary>
    public void Invalidate() => _byRow = null;

    private void Replace(int slot, CapacityEntry entry)
    {
        _entries.Own(slot) = entry;
        if (_byRow is null)
        {
            return;
        }

        foreach (var row in _nodes.RowsOf(entry.Segment))
        {
            Refresh(_byRow, row);
        }
    }

    private void Add(ObjectKey key, CapacityEntry entry)
    {
        var slot = TakeSlot();
        _slots.Add(key, slot);
        _entries.Own(slot) = entry;
        if (_byRow is null)
        {
            return;
        }

        foreach (var row in _nodes.RowsOf(entry.Segment))
        {
            Insert(_byRow.Own(row).Own(_ownership), slot);
            Refresh(_byRow, row);
        }
    }

    private void Remove(ObjectKey key, int slot)
    {
        if (_byRow is not null)
        {
            foreach (var row in _nodes.RowsOf(_entries[slot]!.Segment))
            {
                _byRow.Own(row).Own(_ownership).Remove(slot);
                Refresh(_byRow, row);
            }
        }

        _slots.Remove(key, out _);
        _entries.Own(slot) = null;
        _freeSlots.Own(_ownership).Add(slot);
    }

    private int TakeSlot()
    {
        if (_freeSlots.Count > 0)
        {
            var free = _freeSlots.Own(_ownership);
            var slot = free[^1];
            free.RemoveAt(free.Count - 1);
            return slot;
        }

        _entries.EnsureCapacity(_slots.Count + 1);
        return _slots.Count;
    }

    private void Insert(List<int> slots, int slot)
    {
        var key = ObjectKey.Of(_entries[slot]!.Object);
        var position = slots.Count;
        while (position > 0 && ObjectKey.Of(_entries[slots[position - 1]]!.Object) > key)
        {
            position--;
        }

        slots.Insert(position, slot);
    }

    private void Refresh(PagedArray<ForkableList<int>> byRow, int row)
    {
        var limit = -1L;
        foreach (var slot in byRow[row].Items)
        {
            limit = Math.Max(limit, _entries[slot]!.Limit);
        }

        _limits.Own(row) = limit;
    }

    private PagedArray<ForkableList<int>> Build()
    {
        if (_byRow is null)
        {
            _byRow = new(_ownership);
            _rowCount = _nodes.Count;
            _byRow.EnsureCapacity(_rowCount);
            _limits.EnsureCapacity(_rowCount);
            foreach (var slot in _slots.Values)
            {
                foreach (var row in _nodes.RowsOf(_entries[slot]!.Segment))
                {
                    Insert(_byRow.Own(row).Own(_ownership), slot);
                }
            }

            for (var row = 0; row < _rowCount; row++)
            {
                Refresh(_byRow, row);
            }
        }

        return _byRow;
    }
}
