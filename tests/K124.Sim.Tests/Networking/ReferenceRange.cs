using K124.Sim.Networking;

namespace K124.Sim.Tests.Networking;

/// <summary>The rules of the specification, bit by bit over a sorted set.</summary>
internal sealed class ReferenceRange(int max, int staticBandSize, bool fallbackDuplicates)
{
    private readonly SortedSet<long> _bits = [];

    public long Used { get; private set; }

    public IEnumerable<long> Bits => _bits;

    public AllocationStatus Allocate(long offset)
    {
        if (offset < 0 || offset >= max)
        {
            return AllocationStatus.OutOfRange;
        }

        if (!_bits.Add(offset))
        {
            return AllocationStatus.AlreadyAllocated;
        }

        Used++;
        return AllocationStatus.Done;
    }

    public (AllocationStatus Status, long Offset) AllocateNext(IRandomSource random)
    {
        if (Used >= max)
        {
            return (AllocationStatus.Full, -1);
        }

        var upper = max - staticBandSize;
        if (upper <= 0)
        {
            return (AllocationStatus.Panic, -1);
        }

        var d = random.Next(upper);
        for (var i = 0; i < upper; i++)
        {
            var at = staticBandSize + ((d + i) % upper);
            if (!_bits.Contains(at))
            {
                return Take(at);
            }
        }

        if (staticBandSize == 0)
        {
            return (AllocationStatus.Full, -1);
        }

        var e = random.Next(staticBandSize);
        for (var i = 0; i < staticBandSize; i++)
        {
            var at = (e + i) % staticBandSize;
            if (!_bits.Contains(at))
            {
                return Take(fallbackDuplicates ? i : at);
            }
        }

        return (AllocationStatus.Full, -1);
    }

    public void Release(long offset)
    {
        if (offset >= 0 && offset < max && _bits.Remove(offset))
        {
            Used--;
        }
    }

    public bool Has(long offset) => offset >= 0 && offset < max && _bits.Contains(offset);

    public void Restore(byte[] data)
    {
        _bits.Clear();
        for (var i = 0; i < data.Length * 8; i++)
        {
            if ((data[data.Length - 1 - (i / 8)] >> (i % 8) & 1) != 0)
            {
                _bits.Add(i);
            }
        }

        Used = _bits.Count;
    }

    public byte[] Snapshot()
    {
        if (_bits.Count == 0)
        {
            return [];
        }

        var data = new byte[(_bits.Max / 8) + 1];
        foreach (var bit in _bits)
        {
            data[data.Length - 1 - (bit / 8)] |= (byte)(1 << (int)(bit % 8));
        }

        return data;
    }

    private (AllocationStatus Status, long Offset) Take(long offset)
    {
        _bits.Add(offset);
        Used++;
        return (AllocationStatus.Done, offset);
    }
}
