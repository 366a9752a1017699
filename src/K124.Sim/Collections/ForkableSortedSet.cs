using System.Runtime.InteropServices;

namespace K124.Sim.Collections;

/// <summary>Items in order. Adding costs a short search whatever the number of items; a fork shares the chunks that neither side changes afterwards.</summary>
internal sealed class ForkableSortedSet<T>
{
    private const int ChunkSize = 128;

    private readonly Ownership _ownership;
    private readonly IComparer<T> _comparer;
    private readonly List<Chunk> _chunks;

    public ForkableSortedSet(Ownership ownership, IComparer<T> comparer)
    {
        _ownership = ownership;
        _comparer = comparer;
        _chunks = [];
    }

    private ForkableSortedSet(Ownership ownership, ForkableSortedSet<T> other)
    {
        _ownership = ownership;
        _comparer = other._comparer;
        _chunks = [.. other._chunks];
        Count = other.Count;
    }

    public int Count { get; private set; }

    /// <summary>A set with the same items, which changes of this one do not touch. This one's holder has to renounce what it owns.</summary>
    public ForkableSortedSet<T> Fork(Ownership ownership) => new(ownership, this);

    /// <summary>Adds an item that is not there.</summary>
    public void Add(T item)
    {
        Count++;
        var position = ChunkOf(item);
        if (position < 0)
        {
            if (_chunks.Count > 0)
            {
                position = 0;
            }
            else
            {
                _chunks.Add(new(_ownership.Token));
                position = 0;
            }
        }

        var chunk = Own(position);
        if (chunk.Count < ChunkSize)
        {
            chunk.Insert(chunk.IndexFrom(item, _comparer), item);
            return;
        }

        Split(position, item);
    }

    /// <summary>Takes an item out that is there.</summary>
    public void Remove(T item)
    {
        var position = ChunkOf(item);
        var chunk = Own(position);
        chunk.RemoveAt(chunk.IndexFrom(item, _comparer));
        Count--;
        if (chunk.Count == 0)
        {
            _chunks.RemoveAt(position);
        }
    }

    /// <summary>The items from the first one that is not before the given one, in order. The set is not to change meanwhile.</summary>
    public IEnumerable<T> From(T first)
    {
        var position = Math.Max(ChunkOf(first), 0);
        if (position >= _chunks.Count)
        {
            yield break;
        }

        for (var i = _chunks[position].IndexFrom(first, _comparer); position < _chunks.Count; position++, i = 0)
        {
            var chunk = _chunks[position];
            for (; i < chunk.Count; i++)
            {
                yield return chunk.Items[i];
            }
        }
    }

    /// <summary>Position of the last chunk that does not begin after the item; -1 if all do.</summary>
    private int ChunkOf(T item)
    {
        var chunks = CollectionsMarshal.AsSpan(_chunks);
        var (low, high) = (0, chunks.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_comparer.Compare(chunks[middle].Items[0], item) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high;
    }

    /// <summary>Makes room in a full chunk. What is added in order leaves full chunks behind.</summary>
    private void Split(int position, T item)
    {
        var chunk = _chunks[position];
        var at = chunk.IndexFrom(item, _comparer);
        var next = new Chunk(_ownership.Token);
        _chunks.Insert(position + 1, next);
        if (at == ChunkSize)
        {
            next.Insert(0, item);
            return;
        }

        chunk.MoveUpperHalf(next);
        if (at <= chunk.Count)
        {
            chunk.Insert(at, item);
        }
        else
        {
            next.Insert(at - chunk.Count, item);
        }
    }

    private Chunk Own(int position)
    {
        var chunk = _chunks[position];
        if (!ReferenceEquals(chunk.Owner, _ownership.Token))
        {
            chunk = new(_ownership.Token, chunk);
            _chunks[position] = chunk;
        }

        return chunk;
    }

    private sealed class Chunk
    {
        public Chunk(object owner)
        {
            Owner = owner;
            Items = new T[ChunkSize];
        }

        public Chunk(object owner, Chunk other)
        {
            Owner = owner;
            Items = (T[])other.Items.Clone();
            Count = other.Count;
        }

        public object Owner { get; }

        public T[] Items { get; }

        public int Count { get; private set; }

        /// <summary>Where the first item stands that is not before the given one.</summary>
        public int IndexFrom(T item, IComparer<T> comparer)
        {
            var (low, high) = (0, Count);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (comparer.Compare(Items[middle], item) < 0)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }

        public void Insert(int index, T item)
        {
            Array.Copy(Items, index, Items, index + 1, Count - index);
            Items[index] = item;
            Count++;
        }

        public void RemoveAt(int index)
        {
            Count--;
            Array.Copy(Items, index + 1, Items, index, Count - index);
            Items[Count] = default!;
        }

        public void MoveUpperHalf(Chunk other)
        {
            var half = Count / 2;
            Array.Copy(Items, half, other.Items, 0, Count - half);
            other.Count = Count - half;
            Array.Clear(Items, half, Count - half);
            Count = half;
        }
    }
}
