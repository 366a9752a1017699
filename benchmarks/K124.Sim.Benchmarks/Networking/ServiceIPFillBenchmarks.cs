using BenchmarkDotNet.Attributes;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Benchmarks.Networking;

/// <summary>Filling a /12 from empty to full, one dynamic allocation after the other.</summary>
[MemoryDiagnoser]
public class ServiceIPFillBenchmarks
{
    [Benchmark]
    public long FillSlash12()
    {
        var range = new ServiceIPRange("10.0.0.0/12", new() { Profile = ClusterProfile.Default.With("ServiceIPStaticSubrange", true) });
        while (range.TryAllocateNext().Succeeded)
        {
            // Until it is full.
        }

        return range.Used;
    }
}
