using BenchmarkDotNet.Attributes;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Benchmarks.Networking;

/// <summary>One dynamic allocation and its release, by size and fullness of the block, beside a bit-by-bit scan.</summary>
[MemoryDiagnoser]
public class ServiceIPBenchmarks
{
    private ServiceIPRange _range = null!;
    private PlainBitmapRange _plain = null!;

    [Params("10.0.0.0/24", "10.0.0.0/16", "10.0.0.0/12", "fd00::/108")]
    public string Cidr { get; set; } = "";

    /// <summary>Share of used addresses in percent; "dynamic" is a dynamic band that is full.</summary>
    [Params("0", "50", "90", "99", "99.9", "dynamic")]
    public string Full { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _range = new(Cidr, new() { Profile = ClusterProfile.Default.With("ServiceIPStaticSubrange", true) with { Seed = 1 } });
        _plain = new(_range.Cidr.UsableCount, _range.StaticBandSize, new SeededRandom(1));
        var dynamicSize = _range.SizeOf(ServiceIPBand.Dynamic);
        var count = Full == "dynamic"
            ? dynamicSize
            : (int)(dynamicSize * double.Parse(Full, System.Globalization.CultureInfo.InvariantCulture) / 100);

        // Uniform random holes, the same in both.
        var free = Enumerable.Range(_range.StaticBandSize, dynamicSize).ToArray();
        var random = new SeededRandom(2);
        for (var i = 0; i < count; i++)
        {
            var pick = i + (int)random.Next(dynamicSize - i);
            (free[i], free[pick]) = (free[pick], free[i]);
            _range.TryAllocate(_range.Cidr.AddressAt(free[i]));
            _plain.Take(free[i]);
        }
    }

    [Benchmark(Baseline = true)]
    public int BitByBit()
    {
        var offset = _plain.AllocateNext();
        _plain.Release(offset);
        return offset;
    }

    [Benchmark]
    public ServiceIP ServiceIPRange()
    {
        var address = _range.TryAllocateNext().Address!.Value;
        _range.Release(address);
        return address;
    }
}
