using System.Numerics;
using System.Runtime.CompilerServices;

namespace K124.Sim.Networking.Internal;

/// <summary>A set of free offsets with a summary tree over it, so that every operation costs a step a level.</summary>
/// <remarks>Level 0 has one bit an offset, set while it is free. Level k + 1 has one bit a word of level k, set while that word
/// is not zero. The levels above the first take 1/63 of its size. Whether a word runs empty is a coin toss for a processor
/// at common fill levels, so the first two levels go without branches on it.</remarks>
internal sealed class FreeBitmap
{
    private readonly ulong[][] _levels;
    private readonly ulong[] _words;
    private readonly ulong[] _groups;

    public FreeBitmap(int length)
    {
        Length = length;
        var levels = new List<ulong[]>();
        var bits = (long)length;
        do
        {
            bits = (bits + 63) / 64;
            levels.Add(new ulong[Math.Max(bits, 1)]);
        }
        while (bits > 1 || levels.Count < 2);

        _levels = [.. levels];
        _words = _levels[0];
        _groups = _levels[1];
        Fill();
    }

    public int Length { get; }

    /// <summary>Words of level 0: bits are set while free; bits from <see cref="Length"/> on are clear.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    public long SizeBytes => _levels.Sum(level => 8L * level.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsFree(int offset) => (_words[offset >> 6] >> (offset & 63) & 1) != 0;

    /// <summary>Takes a free offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int offset)
    {
        var index = offset >> 6;
        var word = _words[index] & ~(1UL << (offset & 63));
        _words[index] = word;
        ref var group = ref _groups[index >> 6];
        group &= ~((NonZeroMask(word) + 1) << (index & 63));
        if (group == 0)
        {
            ClearAbove(index >> 6);
        }
    }

    /// <summary>Gives a taken offset back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Give(int offset)
    {
        var index = offset >> 6;
        _words[index] |= 1UL << (offset & 63);
        ref var group = ref _groups[index >> 6];
        var before = group;
        group = before | (1UL << (index & 63));
        if (before == 0)
        {
            SetAbove(index >> 6);
        }
    }

    /// <summary>The first free offset from the given one on, or −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextFree(int offset)
    {
        var index = offset >> 6;
        if ((uint)index >= (uint)_words.Length)
        {
            return -1;
        }

        var found = _words[index] & (ulong.MaxValue << (offset & 63));
        var later = _groups[index >> 6] & ((ulong.MaxValue << (index & 63)) << 1);
        if ((found | later) == 0)
        {
            return NextFreeAbove(index >> 6);
        }

        // Without a later word this looks at some word of the group, and does not use it.
        var laterIndex = (index & ~63) | (BitOperations.TrailingZeroCount(later) & 63);
        var keep = NonZeroMask(found);
        found |= _words[laterIndex] & ~keep;
        index = laterIndex ^ ((laterIndex ^ index) & (int)keep);
        return (index << 6) | BitOperations.TrailingZeroCount(found);
    }

    /// <summary>Number of free offsets in [start, end).</summary>
    public int CountFree(int start, int end)
    {
        if (start >= end)
        {
            return 0;
        }

        var words = _words;
        var last = (end - 1) >> 6;
        var count = 0;
        for (var i = start >> 6; i <= last; i++)
        {
            var word = words[i];
            if (i == start >> 6)
            {
                word &= ulong.MaxValue << (start & 63);
            }

            if (i == last)
            {
                word &= ulong.MaxValue >> (63 - ((end - 1) & 63));
            }

            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Frees every offset.</summary>
    public void Fill()
    {
        var words = _words.AsSpan();
        words.Fill(ulong.MaxValue);
        TrimTail();
        Summarize();
    }

    /// <summary>Replaces the content: bits set in the given words are taken, all else is free.</summary>
    public void LoadTaken(ReadOnlySpan<ulong> taken)
    {
        var words = _words.AsSpan();
        words.Fill(ulong.MaxValue);
        for (var i = 0; i < Math.Min(words.Length, taken.Length); i++)
        {
            words[i] = ~taken[i];
        }

        TrimTail();
        Summarize();
    }

    /// <summary>All ones if the word is not zero, else zero.</summary>
    private static ulong NonZeroMask(ulong word) => (ulong)((long)(word | (0 - word)) >> 63);

    // Goes on behind a group that has nothing more to offer: up until a word answers, and down again.
    private int NextFreeAbove(int group)
    {
        var offset = group + 1;
        for (var height = 2; height < _levels.Length; height++)
        {
            var level = _levels[height];
            var index = offset >> 6;
            if ((uint)index >= (uint)level.Length)
            {
                return -1;
            }

            var found = level[index] & (ulong.MaxValue << (offset & 63));
            if (found != 0)
            {
                offset = (index << 6) | BitOperations.TrailingZeroCount(found);
                while (--height >= 0)
                {
                    offset = (offset << 6) | BitOperations.TrailingZeroCount(_levels[height][offset]);
                }

                return offset;
            }

            offset = index + 1;
        }

        return -1;
    }

    private void ClearAbove(int index)
    {
        for (var height = 2; height < _levels.Length; height++)
        {
            ref var word = ref _levels[height][index >> 6];
            word &= ~(1UL << (index & 63));
            if (word != 0)
            {
                return;
            }

            index >>= 6;
        }
    }

    private void SetAbove(int index)
    {
        for (var height = 2; height < _levels.Length; height++)
        {
            ref var word = ref _levels[height][index >> 6];
            var before = word;
            word = before | (1UL << (index & 63));
            if (before != 0)
            {
                return;
            }

            index >>= 6;
        }
    }

    private void TrimTail()
    {
        var words = _words;
        for (var i = Length >> 6; i < words.Length; i++)
        {
            words[i] &= i == Length >> 6 ? ~(ulong.MaxValue << (Length & 63)) : 0;
        }
    }

    private void Summarize()
    {
        for (var height = 1; height < _levels.Length; height++)
        {
            var (below, level) = (_levels[height - 1], _levels[height]);
            Array.Clear(level);
            for (var i = 0; i < below.Length; i++)
            {
                if (below[i] != 0)
                {
                    level[i >> 6] |= 1UL << (i & 63);
                }
            }
        }
    }
}
