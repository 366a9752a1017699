using K124.Sim.Model;

namespace K124.Sim.Storage.Internal;

/// <summary>A capacity object and how much of it has been handed out.</summary>
internal sealed class CapacityEntry(CSIStorageCapacity item, Segment segment)
{
    private readonly long? _capacity = item.Capacity?.Value();
    private readonly long? _maximumVolumeSize = item.MaximumVolumeSize?.Value();

    public CSIStorageCapacity Object { get; } = item;

    public Segment Segment { get; } = segment;

    /// <summary>Bytes handed out of <see cref="CSIStorageCapacity.Capacity"/>; nothing but the option of counting down adds to it.</summary>
    public long Taken { get; set; }

    /// <summary>The largest volume that can be had, in bytes; -1 if the object does not say.</summary>
    public long Limit => _maximumVolumeSize is { } largest
        ? Taken == 0 || _capacity is null ? largest : Math.Min(largest, Math.Max(_capacity.Value - Taken, 0))
        : _capacity is { } capacity ? Math.Max(capacity - Taken, 0) : -1;
}

/// <summary>The capacity objects of one class, with the largest limit for each node.</summary>
internal sealed class ClassCapacity(StorageNodes nodes)
{
    private readonly SortedDictionary<ObjectKey, CapacityEntry> _entries = [];
    private List<CapacityEntry>?[]? _byRow;
    private long[] _limits = [];

    /// <summary>The largest limit of all objects that a node can reach, in bytes; -1 if there is none.</summary>
    public long Limit(int row)
    {
        Build();
        return row < _limits.Length ? _limits[row] : -1;
    }

    /// <summary>The objects that a node can reach, by namespace and name.</summary>
    public IEnumerable<CapacityEntry> Reachable(int row)
    {
        Build();
        return row < _limits.Length && _byRow![row] is { } entries ? entries : [];
    }

    public CapacityEntry? Find(ObjectKey key) => _entries.GetValueOrDefault(key);

    /// <summary>Puts an object in, in place of an older one, or takes it out.</summary>
    public void Set(ObjectKey key, CapacityEntry? entry)
    {
        if (_entries.Remove(key, out var before))
        {
            Link(before, isThere: false);
        }

        if (entry is not null)
        {
            _entries.Add(key, entry);
            Link(entry, isThere: true);
        }
    }

    /// <summary>Takes notice of another amount in an object.</summary>
    public void Refresh(CapacityEntry entry)
    {
        foreach (var row in entry.Segment.Rows)
        {
            Refresh(row);
        }
    }

    /// <summary>Forgets which nodes reach what, since nodes have changed.</summary>
    public void Invalidate() => _byRow = null;

    private void Link(CapacityEntry entry, bool isThere)
    {
        if (_byRow is null)
        {
            return;
        }

        foreach (var row in entry.Segment.Rows)
        {
            if (isThere)
            {
                Insert(_byRow[row] ??= [], entry);
            }
            else
            {
                _byRow[row]!.Remove(entry);
            }

            Refresh(row);
        }
    }

    private static void Insert(List<CapacityEntry> entries, CapacityEntry entry)
    {
        var key = ObjectKey.Of(entry.Object);
        var position = entries.FindIndex(other => ObjectKey.Of(other.Object) > key);
        entries.Insert(position < 0 ? entries.Count : position, entry);
    }

    private void Refresh(int row)
    {
        if (_byRow is null)
        {
            return;
        }

        var limit = -1L;
        foreach (var entry in _byRow[row] ?? [])
        {
            limit = Math.Max(limit, entry.Limit);
        }

        _limits[row] = limit;
    }

    private void Build()
    {
        if (_byRow is not null)
        {
            return;
        }

        _byRow = new List<CapacityEntry>?[nodes.Count];
        _limits = new long[nodes.Count];
        Array.Fill(_limits, -1);
        foreach (var entry in _entries.Values)
        {
            foreach (var row in entry.Segment.Rows)
            {
                (_byRow[row] ??= []).Add(entry);
                _limits[row] = Math.Max(_limits[row], entry.Limit);
            }
        }
    }
}
