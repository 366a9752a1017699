using K124.Sim.Model;

namespace K124.Sim.Storage.Internal;

/// <summary>What there is of one storage class: the class object, its free volumes and its capacity objects.</summary>
internal sealed class ClassStorage(StorageNodes nodes)
{
    private const int LongestLog = 4_096;

    private readonly List<StorageChange> _changes = [];

    public StorageClass? Object { get; private set; }

    /// <summary>Nodes for which the class allows volumes to be provisioned.</summary>
    public NodeTopology AllowedTopologies { get; private set; } = NodeTopology.Everywhere;

    public ClassVolumes Volumes { get; } = new(nodes);

    public ClassCapacity Capacity { get; } = new(nodes);

    /// <summary>Counts changes that may concern every node.</summary>
    public int Epoch { get; private set; }

    /// <summary>Changes of this epoch that concern some nodes.</summary>
    public IReadOnlyList<StorageChange> Changes => _changes;

    public void SetObject(StorageClass? item)
    {
        Object = item;
        AllowedTopologies = NodeTopology.Of(item?.AllowedTopologies ?? []);
        ChangeAll();
    }

    public void SetVolume(PersistentVolume? before, PersistentVolume? after)
    {
        if (before is not null)
        {
            Log(new(Volumes.Remove(before), null));
        }

        if (after is not null)
        {
            Log(new(Volumes.Add(after), null));
        }
    }

    public void SetCapacity(ObjectKey key, CapacityEntry? entry)
    {
        if (Capacity.Find(key) is { } before)
        {
            Log(new(null, before.Segment));
        }

        Capacity.Set(key, entry);
        if (entry is not null)
        {
            Log(new(null, entry.Segment));
        }
    }

    public void Take(CapacityEntry entry, long bytes)
    {
        entry.Taken += bytes;
        Capacity.Refresh(entry);
        Log(new(null, entry.Segment));
    }

    public void NodesChanged()
    {
        Volumes.Invalidate();
        Capacity.Invalidate();
        ChangeAll();
    }

    public void ChangeAll()
    {
        Epoch++;
        _changes.Clear();
    }

    private void Log(StorageChange change)
    {
        if (_changes.Count == LongestLog)
        {
            ChangeAll();
        }

        _changes.Add(change);
    }
}

/// <summary>A change that concerns the nodes of one segment.</summary>
/// <param name="Group">The group of volumes that one was added to or removed from; null for a change of capacity.</param>
/// <param name="Capacity">The segment of a capacity object that changed; null for a change of volumes.</param>
internal readonly record struct StorageChange(VolumeGroup? Group, Segment? Capacity)
{
    public List<int> Rows => (Group?.Segment ?? Capacity!).Rows;
}
