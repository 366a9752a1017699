using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;

namespace K124.Sim.Networking.Internal;

/// <summary>The bitmap allocator of 1.24 over offsets: counter, bands, random draw, stored form.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/core/service/allocator. The counter is kept apart from the bits, as there: it counts bits
/// beyond the range after a restore of too much data, and with the defect of 1.24.0 it counts duplicates.</remarks>
internal sealed class OffsetAllocator
{
    private readonly FreeBitmap _free;
    private readonly IRandomSource _random;
    private readonly bool _fallbackDuplicates;
    private int _freeDynamic;

    // Words of a restored bitmap that has bits beyond the range; only those bits are looked at. Null otherwise.
    private ulong[]? _beyond;

    public OffsetAllocator(int length, int staticBandSize, bool fallbackDuplicates, IRandomSource random)
    {
        _free = new(length);
        _random = random;
        _fallbackDuplicates = fallbackDuplicates;
        StaticBandSize = staticBandSize;
        _freeDynamic = Math.Max(0, length - staticBandSize);
    }

    public int Length => _free.Length;

    public int StaticBandSize { get; }

    public long Used { get; private set; }

    public long Free => Length - Used;

    public long SizeBytes => _free.SizeBytes;

    public bool Has(int offset) => !_free.IsFree(offset);

    public int CountFree(int start, int end) => _free.CountFree(start, end);

    public bool TryTake(int offset)
    {
        if (!_free.IsFree(offset))
        {
            return false;
        }

        Take(offset);
        return true;
    }

    /// <summary>Takes the first free offset from a random one on: first in the dynamic band, else in the static band.</summary>
    public DrawOutcome Draw(out int offset)
    {
        offset = -1;
        if (Used >= Length)
        {
            return DrawOutcome.Full;
        }

        var dynamicSize = Length - StaticBandSize;
        if (dynamicSize <= 0)
        {
            return DrawOutcome.Panic;
        }

        var start = StaticBandSize + (int)_random.Next(dynamicSize);
        if (_freeDynamic == 0)
        {
            return DrawStatic(out offset);
        }

        offset = _free.NextFree(start);
        if (offset < 0)
        {
            offset = _free.NextFree(StaticBandSize);
        }

        Take(offset);
        return DrawOutcome.Taken;
    }

    public void Release(int offset)
    {
        if (!_free.IsFree(offset))
        {
            _free.Give(offset);
            _freeDynamic += offset >= StaticBandSize ? 1 : 0;
            Used--;
        }
    }

    /// <summary>Every offset whose bit is set, ascending; also those beyond the range.</summary>
    public IEnumerable<int> TakenOffsets()
    {
        var wordCount = Math.Max(_free.Words.Length, _beyond?.Length ?? 0);
        for (var i = 0; i < wordCount; i++)
        {
            for (var word = TakenWord(i); word != 0; word &= word - 1)
            {
                yield return (i << 6) | BitOperations.TrailingZeroCount(word);
            }
        }
    }

    /// <summary>The bits as one big-endian number of minimal length; bit 0 is offset 0.</summary>
    public ImmutableArray<byte> Snapshot()
    {
        var top = Math.Max(_free.Words.Length, _beyond?.Length ?? 0) - 1;
        while (top >= 0 && TakenWord(top) == 0)
        {
            top--;
        }

        if (top < 0)
        {
            return [];
        }

        var buffer = new byte[(top + 1) * 8];
        for (var i = 0; i <= top; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(buffer.AsSpan((top - i) * 8), TakenWord(i));
        }

        var skipped = BitOperations.LeadingZeroCount(TakenWord(top)) / 8;
        return skipped == 0
            ? System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(buffer)
            : [.. buffer.AsSpan(skipped)];
    }

    /// <summary>Takes over stored bits and counts them anew; bits beyond the range are kept and counted.</summary>
    public void Restore(ReadOnlySpan<byte> data)
    {
        var words = new ulong[(data.Length + 7) / 8];
        Span<byte> piece = stackalloc byte[8];
        for (var i = 0; i < words.Length; i++)
        {
            var end = data.Length - (i * 8);
            var part = data[Math.Max(0, end - 8)..end];
            piece.Clear();
            part.CopyTo(piece[(8 - part.Length)..]);
            words[i] = BinaryPrimitives.ReadUInt64BigEndian(piece);
        }

        _free.LoadTaken(words);
        _freeDynamic = _free.CountFree(StaticBandSize, Length);
        _beyond = HasBitsBeyond(words) ? words : null;
        Used = 0;
        foreach (var word in words)
        {
            Used += BitOperations.PopCount(word);
        }
    }

    private DrawOutcome DrawStatic(out int offset)
    {
        offset = -1;
        if (StaticBandSize == 0)
        {
            return DrawOutcome.Full;
        }

        var start = (int)_random.Next(StaticBandSize);
        var found = _free.NextFree(start);
        if (found < 0)
        {
            found = _free.NextFree(0);
        }

        if (found < 0)
        {
            return DrawOutcome.Full;
        }

        if (_fallbackDuplicates)
        {
            // The counter grows even if the bit was set already: that is how the defect of 1.24.0 makes it drift.
            offset = (found - start + StaticBandSize) % StaticBandSize;
            _free.Take(offset);
            Used++;
            return DrawOutcome.Taken;
        }

        offset = found;
        Take(offset);
        return DrawOutcome.Taken;
    }

    private void Take(int offset)
    {
        _free.Take(offset);
        _freeDynamic -= offset >= StaticBandSize ? 1 : 0;
        Used++;
    }

    private ulong TakenWord(int index)
    {
        var inRange = InRangeMask(index);
        var word = index < _free.Words.Length ? ~_free.Words[index] & inRange : 0;
        return _beyond is not null && index < _beyond.Length ? word | (_beyond[index] & ~inRange) : word;
    }

    private ulong InRangeMask(int index) => index < Length >> 6 ? ulong.MaxValue
        : index == Length >> 6 ? ~(ulong.MaxValue << (Length & 63))
        : 0;

    private bool HasBitsBeyond(ulong[] words)
    {
        for (var i = Length >> 6; i < words.Length; i++)
        {
            if ((words[i] & ~InRangeMask(i)) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
