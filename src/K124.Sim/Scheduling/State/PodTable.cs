using System.Runtime.InteropServices;
using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.State;

/// <summary>Every pod that the scheduler knows, by a dense id; those on nodes are found by namespace and name.</summary>
internal sealed class PodTable
{
    private const int None = -1;
    private const int MinBuckets = 64;

    private readonly Ownership _ownership;
    private readonly PagedArray<PodRecord> _records;

    // A bucket holds 1 + the id of its first record, so that a new page is empty buckets.
    private PagedArray<int> _buckets;
    private int _bucketCount;
    private int _free = None;
    private int _created;

    public PodTable(Ownership ownership)
    {
        _ownership = ownership;
        _records = new(ownership);
        _buckets = new(ownership);
    }

    private PodTable(PodTable other, Ownership ownership)
    {
        _ownership = ownership;
        _records = other._records.Fork(ownership);
        _buckets = other._buckets.Fork(ownership);
        (_bucketCount, _free, _created, Count) = (other._bucketCount, other._free, other._created, other.Count);
    }

    /// <summary>Number of pods that are found by name.</summary>
    public int Count { get; private set; }

    public ref readonly PodRecord this[int id] => ref _records[id];

    /// <summary>A table with the same pods, which changes of this one do not touch.</summary>
    public PodTable Fork(Ownership ownership)
    {
        MakeRoom();
        return new(this, ownership);
    }

    public PodEntry Entry(int id)
    {
        ref readonly var record = ref _records[id];
        return new(record.Pod, record.Kind, record.Row);
    }

    /// <summary>Makes a record that is not found by name yet.</summary>
    public int Create(Pod pod, PodKind kind, int row)
    {
        var id = _free;
        if (id == None)
        {
            id = _created++;
            _records.EnsureCapacity(_created);
        }
        else
        {
            _free = _records[id].Next;
        }

        _records.Own(id) = new() { Pod = pod, Kind = kind, Row = row, Priority = pod.Spec.Priority ?? 0, Hash = HashOf(ObjectKey.Of(pod)) };
        return id;
    }

    /// <summary>Frees a record that is not found by name.</summary>
    public void Release(int id)
    {
        _records.Own(id) = new() { Next = _free };
        _free = id;
    }

    /// <summary>Sorts every pod anew.</summary>
    public void Sort(Func<Pod, PodKind> kindOf)
    {
        for (var id = 0; id < _created; id++)
        {
            if (_records[id].Pod is { } pod)
            {
                _records.Own(id).Kind = kindOf(pod);
            }
        }
    }

    /// <summary>Moves a pod within its node's list.</summary>
    public void SetSlot(int id, int slot) => _records.Own(id).Slot = slot;

    /// <summary>The pod's id, or -1.</summary>
    public int Find(ObjectKey key)
    {
        if (_bucketCount == 0)
        {
            return None;
        }

        var hash = HashOf(key);
        for (var id = _buckets[hash & (_bucketCount - 1)] - 1; id != None;)
        {
            ref readonly var record = ref _records[id];
            if (record.Hash == hash && record.Pod.Metadata.Name == key.Name && record.Pod.Metadata.Namespace == key.Namespace)
            {
                return id;
            }

            id = record.Next;
        }

        return None;
    }

    /// <summary>Lets a pod be found by name.</summary>
    public void Enter(int id)
    {
        if (Count >= _bucketCount)
        {
            Rehash(Math.Max(MinBuckets, 2 * _bucketCount));
        }

        Link(id);
        Count++;
    }

    /// <summary>Lets a pod not be found by name any longer.</summary>
    public void Leave(int id)
    {
        var bucket = _records[id].Hash & (_bucketCount - 1);
        var next = _records[id].Next;
        var previous = _buckets[bucket] - 1;
        if (previous == id)
        {
            _buckets.Own(bucket) = next + 1;
        }
        else
        {
            while (_records[previous].Next != id)
            {
                previous = _records[previous].Next;
            }

            _records.Own(previous).Next = next;
        }

        Count--;
    }

    private static int HashOf(ObjectKey key)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        Mix(ref hash, key.Namespace);
        Mix(ref hash, key.Name);
        return (int)(hash >> 33);
    }

    private static void Mix(ref ulong hash, string text)
    {
        const ulong Prime = 0x9FB21C651E98DF25UL;
        var words = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var word in words)
        {
            hash = (hash ^ word) * Prime;
            hash ^= hash >> 29;
        }

        foreach (var character in text.AsSpan(words.Length * 4))
        {
            hash = (hash ^ character) * Prime;
            hash ^= hash >> 31;
        }
    }

    private void Link(int id)
    {
        ref var record = ref _records.Own(id);
        ref var bucket = ref _buckets.Own(record.Hash & (_bucketCount - 1));
        record.Next = bucket - 1;
        bucket = id + 1;
    }

    /// <summary>Grows ahead of time, so that not every fork has to do it for itself.</summary>
    private void MakeRoom()
    {
        const int Share = 8;
        if (Count > _bucketCount - (_bucketCount / Share))
        {
            Rehash(2 * _bucketCount);
        }
    }

    private void Rehash(int bucketCount)
    {
        var (oldBuckets, oldCount) = (_buckets, _bucketCount);
        _bucketCount = bucketCount;
        _buckets = new(_ownership);
        _buckets.EnsureCapacity(_bucketCount);
        for (var bucket = 0; bucket < oldCount; bucket++)
        {
            for (var id = oldBuckets[bucket] - 1; id != None;)
            {
                var next = _records[id].Next;
                Link(id);
                id = next;
            }
        }
    }
}
