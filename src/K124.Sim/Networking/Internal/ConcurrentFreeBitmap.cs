using System.Numerics;

namespace K124.Sim.Networking.Internal;

/// <summary>The set of <see cref="FreeBitmap"/> for many threads: every word changes by one atomic operation.</summary>
/// <remarks>A set bit of level 0 is the truth. A summary bit may say "free" of a word that has just become zero, never the
/// reverse for long: whoever clears a summary bit looks at the word again, and whoever frees an offset sets the summary
/// after it, so one of them repairs it.</remarks>
internal sealed class ConcurrentFreeBitmap
{
    private readonly ulong[][] _levels;

    public ConcurrentFreeBitmap(int length)
    {
        Length = length;
        var levels = new List<ulong[]>();
        var bits = (long)length;
        do
        {
            bits = (bits + 63) / 64;
            levels.Add(new ulong[Math.Max(bits, 1)]);
        }
        while (bits > 1);

        _levels = [.. levels];
        for (var offset = 0; offset < length; offset++)
        {
            TryGive(offset);
        }
    }

    public int Length { get; }

    public bool IsFree(int offset) => (Volatile.Read(ref _levels[0][offset >> 6]) >> (offset & 63) & 1) != 0;

    /// <summary>Takes an offset.</summary>
    /// <returns>False if it was taken.</returns>
    public bool TryTake(int offset)
    {
        var mask = 1UL << (offset & 63);
        var before = Interlocked.And(ref _levels[0][offset >> 6], ~mask);
        if ((before & mask) == 0)
        {
            return false;
        }

        if (before == mask)
        {
            ClearSummary(1, offset >> 6);
        }

        return true;
    }

    /// <summary>Gives an offset back.</summary>
    /// <returns>False if it was free.</returns>
    public bool TryGive(int offset)
    {
        var mask = 1UL << (offset & 63);
        var before = Interlocked.Or(ref _levels[0][offset >> 6], mask);
        if ((before & mask) != 0)
        {
            return false;
        }

        SetSummary(1, offset >> 6);
        return true;
    }

    /// <summary>An offset in [offset, end) that was free when looked at, the first one if nothing changes meanwhile; −1 for none.</summary>
    public int NextFree(int offset, int end)
    {
        while (offset < end)
        {
            var height = 0;
            var index = offset;
            ulong found = 0;
            for (; height < _levels.Length; height++)
            {
                var word = index >> 6;
                if (word >= _levels[height].Length)
                {
                    return -1;
                }

                found = Volatile.Read(ref _levels[height][word]) & (ulong.MaxValue << (index & 63));
                if (found != 0)
                {
                    index = (word << 6) | BitOperations.TrailingZeroCount(found);
                    break;
                }

                index = word + 1;
            }

            if (found == 0)
            {
                return -1;
            }

            var isStale = false;
            while (height > 0 && !isStale)
            {
                height--;
                found = Volatile.Read(ref _levels[height][index]);
                isStale = found == 0;
                index = isStale ? index + 1 : (index << 6) | BitOperations.TrailingZeroCount(found);
            }

            if (!isStale)
            {
                return index < end ? index : -1;
            }

            // The word ran empty on the way down; go on behind it.
            offset = (int)Math.Min((long)index << (6 * (height + 1)), end);
        }

        return -1;
    }

    public int CountFree() => _levels[0].Sum(static word => BitOperations.PopCount(word));

    private void SetSummary(int height, int index)
    {
        while (height < _levels.Length)
        {
            var mask = 1UL << (index & 63);
            ref var word = ref _levels[height][index >> 6];
            if ((Volatile.Read(ref word) & mask) != 0)
            {
                return;
            }

            Interlocked.Or(ref word, mask);
            index >>= 6;
            height++;
        }
    }

    private void ClearSummary(int height, int index)
    {
        while (height < _levels.Length)
        {
            var mask = 1UL << (index & 63);
            var before = Interlocked.And(ref _levels[height][index >> 6], ~mask);
            if (Volatile.Read(ref _levels[height - 1][index]) != 0)
            {
                SetSummary(height, index);
                return;
            }

            if ((before & ~mask) != 0)
            {
                return;
            }

            index >>= 6;
            height++;
        }
    }
}
