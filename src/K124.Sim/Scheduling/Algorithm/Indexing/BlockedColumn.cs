using System.Numerics;
using System.Runtime.Intrinsics;

namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>A small number for each position, or none, with the greatest of each block, so that a search looks at few of them.</summary>
internal sealed class BlockedColumn
{
    /// <summary>Stands for no number; numbers are not negative.</summary>
    public const short None = -1;

    private const int BlockBits = 7;
    private const int BlockSize = 1 << BlockBits;
    /// <summary>Logarithm of the number of positions in a word of bits.</summary>
    public const int WordBits = 6;

    private const int WordMask = (1 << WordBits) - 1;

    private readonly short[] _values;
    private readonly short[] _maxima;

    // How many positions of a block have its greatest number: only when the last one loses it is the block looked through.
    private readonly short[] _ties;

    private readonly ulong[] _present;

    public BlockedColumn(int length)
    {
        var blocks = (length + BlockSize - 1) >> BlockBits;
        _values = new short[blocks << BlockBits];
        _maxima = new short[blocks];
        _ties = new short[blocks];
        _present = new ulong[blocks << (BlockBits - WordBits)];
        Array.Fill(_values, None);
        Array.Fill(_maxima, None);
        Array.Fill(_ties, (short)BlockSize);
    }

    private BlockedColumn(BlockedColumn other)
    {
        (_values, _maxima, _ties, _present) = ([.. other._values], [.. other._maxima], [.. other._ties], [.. other._present]);
        Count = other.Count;
    }

    /// <summary>The same numbers, which changes of these do not touch.</summary>
    public BlockedColumn Copy() => new(this);

    /// <summary>How many positions there is room for.</summary>
    public int Capacity => _values.Length;

    /// <summary>Number of positions with a number.</summary>
    public int Count { get; private set; }

    /// <summary>One bit a position, set if it has a number.</summary>
    public ReadOnlySpan<ulong> Present => _present;

    public short this[int position]
    {
        get => _values[position];
        set
        {
            var old = _values[position];
            if (old == value)
            {
                return;
            }

            _values[position] = value;
            SetPresent(position, old, value);
            var block = position >> BlockBits;
            ref var greatest = ref _maxima[block];
            if (value >= greatest)
            {
                _ties[block] = value == greatest ? (short)(_ties[block] + 1) : (short)1;
                greatest = value;
            }
            else if (old == greatest && --_ties[block] == 0)
            {
                Measure(block);
            }
        }
    }

    /// <summary>Forgets all numbers.</summary>
    public void Clear()
    {
        Array.Fill(_values, None);
        Array.Fill(_maxima, None);
        Array.Fill(_ties, (short)BlockSize);
        Array.Clear(_present);
        Count = 0;
    }

    /// <summary>Sets a number where there is none, with <see cref="Complete"/> to follow when all are set.</summary>
    public void Put(int position, short value)
    {
        _values[position] = value;
        SetPresent(position, None, value);
    }

    /// <summary>Follows what <see cref="Put"/> has set.</summary>
    public void Complete()
    {
        for (var block = 0; block < _maxima.Length; block++)
        {
            Measure(block);
        }
    }

    private void Measure(int block)
    {
        var values = _values.AsSpan(block << BlockBits, BlockSize);
        var greatest = Greatest(values);
        _maxima[block] = greatest;
        _ties[block] = (short)values.Count(greatest);
    }

    /// <summary>The greatest number of a range.</summary>
    public short Max(int from, int to)
    {
        var (firstBlock, endBlock) = ((from + BlockSize - 1) >> BlockBits, to >> BlockBits);
        if (firstBlock >= endBlock)
        {
            return Greatest(_values.AsSpan(from, to - from));
        }

        var inner = Greatest(_maxima.AsSpan(firstBlock, endBlock - firstBlock));
        var left = Greatest(_values.AsSpan(from, (firstBlock << BlockBits) - from));
        var right = Greatest(_values.AsSpan(endBlock << BlockBits, to - (endBlock << BlockBits)));
        return Math.Max(inner, Math.Max(left, right));
    }

    /// <summary>The first position of a range with the given number, none greater being there; -1 if there is none.</summary>
    public int First(short value, int from, int to)
    {
        while (from < to)
        {
            var block = from >> BlockBits;
            var end = Math.Min(to, (block + 1) << BlockBits);
            if (_maxima[block] >= value)
            {
                var index = _values.AsSpan(from, end - from).IndexOf(value);
                if (index >= 0)
                {
                    return from + index;
                }
            }
            else
            {
                // Whole blocks that hold nothing of the kind are passed over together.
                var next = _maxima.AsSpan(block + 1).IndexOfAnyInRange(value, short.MaxValue);
                end = next < 0 ? to : (block + 1 + next) << BlockBits;
            }

            from = end;
        }

        return -1;
    }

    /// <summary>How many positions of a range have the given number.</summary>
    public int CountOf(short value, int from, int to)
    {
        var count = 0;
        for (var at = First(value, from, to); at >= 0; at = First(value, from, to))
        {
            var end = Math.Min(to, ((at >> BlockBits) + 1) << BlockBits);
            count += _values.AsSpan(at, end - at).Count(value);
            from = end;
        }

        return count;
    }

    /// <summary>Looks at all positions of a range with the given number for the one of the lowest rank.</summary>
    /// <param name="value">The number; none greater is in the range.</param>
    /// <param name="from">First position of the range.</param>
    /// <param name="to">End of the range.</param>
    /// <param name="ranks">Rank by position.</param>
    /// <param name="lowest">The position of the lowest rank so far, or -1.</param>
    /// <returns>The position of the lowest rank, those before included.</returns>
    public int LowestRank(short value, int from, int to, ReadOnlySpan<int> ranks, int lowest)
    {
        for (var at = First(value, from, to); at >= 0; at = First(value, from, to))
        {
            var end = Math.Min(to, ((at >> BlockBits) + 1) << BlockBits);
            for (var position = at; position < end; position++)
            {
                if (_values[position] == value && (lowest < 0 || ranks[position] < ranks[lowest]))
                {
                    lowest = position;
                }
            }

            from = end;
        }

        return lowest;
    }

    /// <summary>How many positions of a range have a number.</summary>
    public int CountPresent(int from, int to)
    {
        if (to - from == _values.Length)
        {
            return Count;
        }

        var count = 0;
        for (var word = from >> WordBits; word << WordBits < to; word++)
        {
            count += BitOperations.PopCount(_present[word] & RangeMask(word, from, to));
        }

        return count;
    }

    /// <summary>The bits of a word that lie in a range.</summary>
    public static ulong RangeMask(int word, int from, int to)
    {
        var start = word << WordBits;
        if (to <= start || from > start + WordMask)
        {
            return 0;
        }

        var mask = ulong.MaxValue;
        if (from > start)
        {
            mask &= ulong.MaxValue << (from - start);
        }

        if (to < start + WordMask + 1)
        {
            mask &= ulong.MaxValue >> (start + WordMask + 1 - to);
        }

        return mask;
    }

    private static short Greatest(ReadOnlySpan<short> values)
    {
        var i = 0;
        var greatest = None;
        if (Vector256.IsHardwareAccelerated && values.Length >= Vector256<short>.Count)
        {
            var all = Vector256.Create(values);
            for (i = Vector256<short>.Count; i <= values.Length - Vector256<short>.Count; i += Vector256<short>.Count)
            {
                all = Vector256.Max(all, Vector256.Create(values[i..]));
            }

            // The last vector overlaps the one before it.
            all = Vector256.Max(all, Vector256.Create(values[^Vector256<short>.Count..]));
            return Greatest(Vector128.Max(all.GetLower(), all.GetUpper()));
        }

        for (; i < values.Length; i++)
        {
            greatest = Math.Max(greatest, values[i]);
        }

        return greatest;
    }

    private static short Greatest(Vector128<short> values)
    {
        values = Vector128.Max(values, Vector128.Shuffle(values, Vector128.Create(4, 5, 6, 7, 0, 1, 2, 3)));
        values = Vector128.Max(values, Vector128.Shuffle(values, Vector128.Create(2, 3, 0, 1, 6, 7, 4, 5)));
        values = Vector128.Max(values, Vector128.Shuffle(values, Vector128.Create(1, 0, 3, 2, 5, 4, 7, 6)));
        return values.ToScalar();
    }

    private void SetPresent(int position, short old, short value)
    {
        if (old < 0 != value < 0)
        {
            _present[position >> WordBits] ^= 1UL << (position & WordMask);
            Count += value < 0 ? -1 : 1;
        }
    }
}
