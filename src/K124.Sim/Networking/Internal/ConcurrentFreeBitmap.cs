using System.Numerics;
using System.Runtime.CompilerServices;

namespace K124.Sim.Networking.Internal;

/// <summary>A set of free offsets for many threads: cut into blocks, each under a lock of its own.</summary>
/// <remarks>Every operation on offsets holds one lock. What is said of the whole set is either read while all locks are held, or
/// is <see cref="IsFull"/>, which needs none. Blocks are of equal size, a power of two.</remarks>
internal sealed class ConcurrentFreeBitmap
{
    private const int SmallestShift = 6;
    private const int LargestShift = 15;

    // A block's cells: a gap that keeps neighbours off each other's cache lines, and the first block off that of the array's
    // length (one more gap follows the last block); lock (1 while held), number of free offsets, summary (a bit a word, set while the word is not zero), and words
    // (a bit an offset, set while it is free). All but the lock is written by its holder only.
    private const int LockCell = 7;
    private const int FreeCell = LockCell + 1;
    private const int SummaryCell = FreeCell + 1;
    private const int WordCell = SummaryCell + (1 << (LargestShift - 12));

    private readonly ulong[] _cells;

    // A bit a block, set while the block has free offsets: cleared after the last one is taken, set before one is given back.
    private readonly ulong[] _open;
    private readonly int _shift;
    private readonly int _stride;
    private long _openings;

    /// <param name="length">Number of offsets, all of them free at first.</param>
    /// <param name="blocks">How many blocks to aim at; there are more if they would get too large.</param>
    public ConcurrentFreeBitmap(int length, int blocks)
    {
        Length = length;
        _shift = SmallestShift;
        while (_shift < LargestShift && (long)blocks << _shift < length)
        {
            _shift++;
        }

        BlockCount = (int)(((long)length + (1L << _shift) - 1) >> _shift);
        _stride = WordCell + (1 << (_shift - 6));
        _cells = new ulong[((long)_stride * BlockCount) + LockCell];
        _open = new ulong[(BlockCount + 63) / 64];
        for (var block = 0; block < BlockCount; block++)
        {
            Fill(block);
        }
    }

    public int Length { get; }

    public int BlockCount { get; }

    public long SizeBytes => 8L * (_cells.Length + _open.Length);

    public bool IsFree(int offset) => (Volatile.Read(ref Word(offset)) >> (offset & 63) & 1) != 0;

    /// <summary>Takes an offset.</summary>
    /// <returns>False if it was taken.</returns>
    public bool TryTake(int offset)
    {
        var block = offset >> _shift;
        Enter(block);
        var isFree = (Word(offset) >> (offset & 63) & 1) != 0;
        if (isFree)
        {
            Take(block, offset);
        }

        Exit(block);
        return isFree;
    }

    /// <summary>Gives an offset back, if it was taken.</summary>
    public void Give(int offset)
    {
        var block = offset >> _shift;
        Enter(block);
        ref var word = ref Word(offset);
        var mask = 1UL << (offset & 63);
        if ((word & mask) == 0)
        {
            ref var free = ref Cell(block, FreeCell);
            if (free++ == 0)
            {
                Open(block);
            }

            Volatile.Write(ref word, word | mask);
            Summary(block, offset) |= SummaryMask(offset);
        }

        Exit(block);
    }

    /// <summary>Takes the first free offset from the given one on, around one's own blocks, and around the set once they are full.</summary>
    /// <param name="start">The offset.</param>
    /// <param name="owners">How many there are among whom blocks are dealt out in turn; the block of the offset is one's own.</param>
    /// <returns>The offset, or −1 if none was seen; with others at work that proves nothing.</returns>
    public int TakeFrom(int start, int owners)
    {
        var first = start >> _shift;
        var offset = TakeIn(first, start);
        if (offset < 0 && owners > 1)
        {
            offset = TakeInOwn(first, Math.Min(owners, BlockCount));
        }

        for (var block = NextOpen(first + 1); offset < 0 && block >= 0; block = NextOpen(block + 1))
        {
            offset = TakeIn(block, block << _shift);
        }

        for (var block = NextOpen(0); offset < 0 && block >= 0 && block <= first; block = NextOpen(block + 1))
        {
            offset = TakeIn(block, block << _shift);
        }

        return offset;
    }

    /// <summary>Moves an offset to the same place of a block that is one's own, when blocks are dealt out in turn.</summary>
    /// <param name="offset">The offset.</param>
    /// <param name="owner">One's number.</param>
    /// <param name="owners">How many there are.</param>
    /// <returns>The place in that block, or if the set ends before it, in one's block before; the start of one's only block if that is shorter.</returns>
    public int MoveToOwn(int offset, int owner, int owners)
    {
        owners = Math.Min(owners, BlockCount);
        if (owners <= 1)
        {
            return offset;
        }

        var own = owner % owners;
        var moved = offset + ((own - (offset >> _shift) % owners) << _shift);
        return moved < Length ? moved : Math.Max(moved - (owners << _shift), own << _shift);
    }

    /// <summary>Whether no offset is free, at the moment at which this returns if it returns true.</summary>
    /// <remarks>A block is noted as open, and that is counted, before an offset of it shows as free. With no opening counted
    /// while all blocks were seen closed, all were closed in the end.</remarks>
    public bool IsFull()
    {
        var openings = Volatile.Read(ref _openings);
        for (var i = 0; i < _open.Length; i++)
        {
            if (Volatile.Read(ref _open[i]) != 0)
            {
                return false;
            }
        }

        return Volatile.Read(ref _openings) == openings;
    }

    /// <summary>Takes all locks, in ascending order.</summary>
    public void EnterAll()
    {
        for (var block = 0; block < BlockCount; block++)
        {
            Enter(block);
        }
    }

    public void ExitAll()
    {
        for (var block = 0; block < BlockCount; block++)
        {
            Exit(block);
        }
    }

    /// <summary>Number of free offsets, for the holder of all locks.</summary>
    public int CountFree()
    {
        var free = 0;
        for (var block = 0; block < BlockCount; block++)
        {
            free += (int)Cell(block, FreeCell);
        }

        return free;
    }

    /// <summary>Every taken offset, ascending, for the holder of all locks.</summary>
    public IEnumerable<int> TakenOffsets()
    {
        for (var first = 0; first < Length; first += 64)
        {
            var valid = Length - first >= 64 ? ulong.MaxValue : ~(ulong.MaxValue << (Length - first));
            for (var taken = ~Word(first) & valid; taken != 0; taken &= taken - 1)
            {
                yield return first + BitOperations.TrailingZeroCount(taken);
            }
        }
    }

    /// <summary>Takes the first free offset from the given one on, for the holder of all locks.</summary>
    public int TakeHeld(int start)
    {
        for (var i = 0; i < Length; i++)
        {
            var offset = (start + i) % Length;
            if (IsFree(offset))
            {
                Take(offset >> _shift, offset);
                return offset;
            }
        }

        return -1;
    }

    private void Fill(int block)
    {
        var first = block << _shift;
        var count = Math.Min(1 << _shift, Length - first);
        for (var offset = first; offset < first + count; offset += 64)
        {
            Word(offset) = first + count - offset >= 64 ? ulong.MaxValue : ~(ulong.MaxValue << (first + count - offset));
            Summary(block, offset) |= SummaryMask(offset);
        }

        Cell(block, FreeCell) = (ulong)count;
        _open[block >> 6] |= 1UL << (block & 63);
    }

    private int TakeIn(int block, int start)
    {
        if ((Volatile.Read(ref _open[block >> 6]) >> (block & 63) & 1) == 0)
        {
            return -1;
        }

        Enter(block);
        var offset = NextIn(block, start);
        if (offset >= 0)
        {
            Take(block, offset);
        }

        Exit(block);
        return offset;
    }

    /// <summary>Takes an offset of one's own blocks, behind the first one and around to the whole of it.</summary>
    private int TakeInOwn(int first, int owners)
    {
        var offset = -1;
        for (var block = first + owners; offset < 0 && block < BlockCount; block += owners)
        {
            offset = TakeIn(block, block << _shift);
        }

        for (var block = first % owners; offset < 0 && block <= first; block += owners)
        {
            offset = TakeIn(block, block << _shift);
        }

        return offset;
    }

    private int NextIn(int block, int start)
    {
        var found = Word(start) & (ulong.MaxValue << (start & 63));
        if (found != 0)
        {
            return (start & ~63) | BitOperations.TrailingZeroCount(found);
        }

        var first = block << _shift;
        var later = (ulong.MaxValue << ((start - first) >> 6 & 63)) << 1;
        for (var at = start; at < first + (1 << _shift); at = (at | 4095) + 1)
        {
            var words = Summary(block, at) & later;
            if (words != 0)
            {
                var word = (((at - first) >> 6) & ~63) | BitOperations.TrailingZeroCount(words);
                return first + ((word << 6) | BitOperations.TrailingZeroCount(Cell(block, WordCell + word)));
            }

            later = ulong.MaxValue;
        }

        return -1;
    }

    private void Take(int block, int offset)
    {
        ref var word = ref Word(offset);
        var left = word & ~(1UL << (offset & 63));
        Volatile.Write(ref word, left);
        if (left == 0)
        {
            Summary(block, offset) &= ~SummaryMask(offset);
        }

        if (--Cell(block, FreeCell) == 0)
        {
            Interlocked.And(ref _open[block >> 6], ~(1UL << (block & 63)));
        }
    }

    private void Open(int block)
    {
        Interlocked.Or(ref _open[block >> 6], 1UL << (block & 63));
        Interlocked.Increment(ref _openings);
    }

    private int NextOpen(int block)
    {
        for (var index = block >> 6; index < _open.Length; index++)
        {
            var found = Volatile.Read(ref _open[index]);
            found &= index == block >> 6 ? ulong.MaxValue << (block & 63) : ulong.MaxValue;
            if (found != 0)
            {
                return (index << 6) | BitOperations.TrailingZeroCount(found);
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ulong Cell(int block, int cell) => ref _cells[((long)block * _stride) + cell];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ulong Word(int offset) => ref Cell(offset >> _shift, WordCell + ((offset >> 6) & ((1 << (_shift - 6)) - 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ulong Summary(int block, int offset) => ref Cell(block, SummaryCell + ((offset & ((1 << _shift) - 1)) >> 12));

    private ulong SummaryMask(int offset) => 1UL << ((offset & ((1 << _shift) - 1)) >> 6);

    private void Enter(int block)
    {
        if (Interlocked.CompareExchange(ref Cell(block, LockCell), 1, 0) != 0)
        {
            Wait(block);
        }
    }

    private void Wait(int block)
    {
        var spinner = default(SpinWait);
        do
        {
            spinner.SpinOnce();
        }
        while (Volatile.Read(ref Cell(block, LockCell)) != 0 || Interlocked.CompareExchange(ref Cell(block, LockCell), 1, 0) != 0);
    }

    private void Exit(int block) => Volatile.Write(ref Cell(block, LockCell), 0);
}
