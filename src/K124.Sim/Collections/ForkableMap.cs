using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Collections;

/// <summary>Values by key. A fork costs next to nothing, and shares what neither side changes afterwards.</summary>
internal sealed class ForkableMap<TKey, TValue>
    where TKey : notnull
{
    private const int None = -1;
    private const int MinBuckets = 16;

    private readonly Ownership _ownership;
    private readonly IEqualityComparer<TKey> _comparer;
    private readonly PagedArray<Entry> _entries;

    // A bucket holds 1 + the number of its first entry, so that a new page is empty buckets.
    private PagedArray<int> _buckets;
    private int _bucketCount;
    private int _free = None;
    private int _created;

    public ForkableMap(Ownership ownership, IEqualityComparer<TKey>? comparer = null)
    {
        _ownership = ownership;
        _comparer = comparer ?? EqualityComparer<TKey>.Default;
        _entries = new(ownership);
        _buckets = new(ownership);
    }

    private ForkableMap(Ownership ownership, ForkableMap<TKey, TValue> other, IEqualityComparer<TKey>? comparer = null)
    {
        _ownership = ownership;
        _comparer = comparer ?? other._comparer;
        _entries = other._entries.Fork(ownership);
        _buckets = other._buckets.Fork(ownership);
        (_bucketCount, _free, _created, Count) = (other._bucketCount, other._free, other._created, other.Count);
    }

    public int Count { get; private set; }

    /// <summary>The values, in no order that means anything, but always in the same one.</summary>
    public IEnumerable<TValue> Values
    {
        get
        {
            for (var i = 0; i < _created; i++)
            {
                if (_entries[i].IsUsed)
                {
                    yield return _entries[i].Value;
                }
            }
        }
    }

    /// <summary>A map with the same content, which changes of this one do not touch. This one's holder has to renounce what it owns.</summary>
    /// <param name="ownership">What may be written to.</param>
    /// <param name="comparer">A comparer to go by from here on that says the same now; null for this one's.</param>
    public ForkableMap<TKey, TValue> Fork(Ownership ownership, IEqualityComparer<TKey>? comparer = null)
    {
        MakeRoom();
        return new(ownership, this, comparer);
    }

    /// <summary>As <see cref="Fork"/>, but does not touch this map: for one that is shared already and read elsewhere.</summary>
    public ForkableMap<TKey, TValue> ForkShared(Ownership ownership) => new(ownership, this);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var i = Find(key);
        value = i == None ? default : _entries[i].Value;
        return i != None;
    }

    public TValue GetValueOrDefault(TKey key, TValue otherwise) => TryGetValue(key, out var value) ? value : otherwise;

    /// <summary>Adds a value for a key that has none, or puts it in the place of the one that is there.</summary>
    public void Set(TKey key, TValue value)
    {
        var i = Find(key);
        if (i == None)
        {
            Add(key, value);
        }
        else
        {
            _entries.Own(i).Value = value;
        }
    }

    /// <summary>Adds a value for a key that has none.</summary>
    public void Add(TKey key, TValue value)
    {
        if (Count >= _bucketCount)
        {
            Rehash(Math.Max(MinBuckets, 2 * _bucketCount));
        }

        var hash = _comparer.GetHashCode(key);
        ref var bucket = ref _buckets.Own(BucketOf(hash));
        var i = Take();
        _entries.Own(i) = new() { Key = key, Value = value, Hash = hash, Next = bucket - 1, IsUsed = true };
        bucket = i + 1;
        Count++;
    }

    /// <summary>Takes a key out.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var i = Find(key);
        if (i == None)
        {
            value = default;
            return false;
        }

        value = _entries[i].Value;
        Unlink(i);
        _entries.Own(i) = new() { Next = _free };
        _free = i;
        Count--;
        return true;
    }

    private int Find(TKey key)
    {
        if (Count == 0)
        {
            return None;
        }

        var hash = _comparer.GetHashCode(key);
        for (var i = _buckets[BucketOf(hash)] - 1; i != None;)
        {
            ref readonly var entry = ref _entries[i];
            if (entry.Hash == hash && _comparer.Equals(entry.Key, key))
            {
                return i;
            }

            i = entry.Next;
        }

        return None;
    }

    private int BucketOf(int hash) => (hash ^ (hash >>> 15)) & (_bucketCount - 1);

    private int Take()
    {
        if (_free != None)
        {
            var i = _free;
            _free = _entries[i].Next;
            return i;
        }

        _entries.EnsureCapacity(_created + 1);
        return _created++;
    }

    private void Unlink(int i)
    {
        var (hash, next) = (_entries[i].Hash, _entries[i].Next);
        var previous = _buckets[BucketOf(hash)] - 1;
        if (previous == i)
        {
            _buckets.Own(BucketOf(hash)) = next + 1;
            return;
        }

        while (_entries[previous].Next != i)
        {
            previous = _entries[previous].Next;
        }

        _entries.Own(previous).Next = next;
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
        _bucketCount = bucketCount;
        _buckets = new(_ownership);
        _buckets.EnsureCapacity(bucketCount);
        for (var i = 0; i < _created; i++)
        {
            if (_entries[i].IsUsed)
            {
                ref var entry = ref _entries.Own(i);
                ref var bucket = ref _buckets.Own(BucketOf(entry.Hash));
                entry.Next = bucket - 1;
                bucket = i + 1;
            }
        }
    }

    private struct Entry
    {
        public TKey Key;
        public TValue Value;
        public int Hash;
        public int Next;
        public bool IsUsed;
    }
}
