namespace K124.Sim.Benchmarks.Networking;

/// <summary>The baseline: a plain bitmap, scanned bit by bit from a random offset, as 1.24 does it.</summary>
public sealed class PlainBitmapRange(int max, int staticBandSize, IRandomSource random)
{
    private readonly ulong[] _bits = new ulong[(max + 63) / 64];
    private int _used;

    public int AllocateNext()
    {
        if (_used >= max)
        {
            return -1;
        }

        var found = Scan(staticBandSize, max - staticBandSize);
        return found >= 0 || staticBandSize == 0 ? found : Scan(0, staticBandSize);
    }

    public void Release(int offset)
    {
        if (Has(offset))
        {
            _bits[offset >> 6] &= ~(1UL << (offset & 63));
            _used--;
        }
    }

    public bool Has(int offset) => (_bits[offset >> 6] >> (offset & 63) & 1) != 0;

    public void Take(int offset)
    {
        _bits[offset >> 6] |= 1UL << (offset & 63);
        _used++;
    }

    private int Scan(int start, int size)
    {
        var from = (int)random.Next(size);
        for (var i = 0; i < size; i++)
        {
            var at = start + ((from + i) % size);
            if (!Has(at))
            {
                Take(at);
                return at;
            }
        }

        return -1;
    }
}
