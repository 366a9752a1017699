namespace K124.Sim.Conformance.ClusterIP;

/// <summary>Draws so that an allocator lands on offsets that a recording shows, provided that they are legal: the first free
/// offset from a drawn one on is that very offset only if it is free and in the band that is due.</summary>
internal sealed class SteeredDraws(int staticBandSize) : IRandomSource
{
    private readonly Queue<int> _offsets = new();
    private int? _inStaticBand;

    public void Expect(IEnumerable<int> offsets)
    {
        _offsets.Clear();
        _inStaticBand = null;
        foreach (var offset in offsets)
        {
            _offsets.Enqueue(offset);
        }
    }

    public long Next(long exclusiveMax)
    {
        if (_inStaticBand is { } fallback)
        {
            _inStaticBand = null;
            return fallback;
        }

        if (!_offsets.TryDequeue(out var offset))
        {
            return 0;
        }

        if (offset < staticBandSize)
        {
            _inStaticBand = offset;
            return 0;
        }

        return Math.Min(offset - staticBandSize, exclusiveMax - 1);
    }
}
