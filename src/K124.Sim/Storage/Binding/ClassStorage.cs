using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Binding;

/// <summary>What there is of one storage class: the class object, its free volumes and its capacity objects.</summary>
internal sealed class ClassStorage
{
    private const int LongestLog = 4_096;

    private readonly Ownership _ownership;
    private ForkableList<StorageChange> _changes;

    public ClassStorage(StorageNodes nodes, Ownership ownership)
    {
        _ownership = ownership;
        Volumes = new(nodes, ownership);
        Capacity = new(nodes, ownership);
    }

    private ClassStorage(ClassStorage other, StorageNodes nodes, Ownership ownership)
    {
        _ownership = ownership;
        (Object, AllowedTopologies) = (other.Object, other.AllowedTopologies);
        Volumes = other.Volumes.Fork(nodes, ownership);
        Capacity = other.Capacity.Fork(nodes, ownership);
        (Epoch, _changes) = (other.Epoch, other._changes);
    }

    public StorageClass? Object { get; private set; }

    /// <summary>Nodes for which the class allows volumes to be provisioned.</summary>
    public NodeTopology AllowedTopologies { get; private set; } = NodeTopology.Everywhere;

    public ClassVolumes Volumes { get; }

    public ClassCapacity Capacity { get; }

    /// <summary>Counts changes that may concern every node.</summary>
    public int Epoch { get; private set; }

    /// <summary>Changes of this epoch that concern some nodes.</summary>
    public ReadOnlySpan<StorageChange> Changes => _changes.Items;

    public ClassStorage Fork(StorageNodes nodes, Ownership ownership) => new(this, nodes, ownership);

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
            LogVolume(Volumes.Remove(before));
        }

        if (after is not null)
        {
            LogVolume(Volumes.Add(after));
        }
    }

    public void SetCapacity(ObjectKey key, CapacityEntry? entry)
    {
        if (Capacity.Find(key) is { } before)
        {
            Log(new(before.Segment, null));
        }

        Capacity.Set(key, entry);
        if (entry is not null)
        {
            Log(new(entry.Segment, null));
        }
    }

    public void Take(CapacityEntry origin, long bytes)
    {
        Capacity.Take(origin, bytes);
        Log(new(origin.Segment, null));
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
        _changes.Own(_ownership).Clear();
    }

    private void LogVolume(int group) => Log(new(Volumes[group].Segment, group));

    private void Log(StorageChange change)
    {
        if (_changes.Count == LongestLog)
        {
            ChangeAll();
        }

        _changes.Own(_ownership).Add(change);
    }
}

/// <summary>A change that concerns the nodes of one segment.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Group">Number of the group that a volume was added to or removed from; null for a change of capacity.</param>
internal readonly record struct StorageChange(Segment Segment, int? Group);
