using BenchmarkDotNet.Attributes;
using K124.Sim.Networking;

namespace K124.Sim.Benchmarks.Networking;

/// <summary>A fixed number of allocate and release pairs on one /16, done by one thread or shared by two.</summary>
public class ConcurrentServiceIPBenchmarks
{
    private const int Pairs = 200_000;

    private readonly ConcurrentServiceIPRange _range = new(ServiceCidr.Parse("10.0.0.0/16"), serviceIPStaticSubrange: true, seed: 1);

    [Params(50, 99)]
    public int PercentFull { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (var left = (65534 - 256) * PercentFull / 100; left > 0; left--)
        {
            _range.TryAllocateNext();
        }
    }

    [Benchmark(Baseline = true)]
    public void OneThread() => Work(Pairs);

    [Benchmark]
    public void TwoThreads()
    {
        var other = new Thread(() => Work(Pairs / 2));
        other.Start();
        Work(Pairs / 2);
        other.Join();
    }

    private void Work(int pairs)
    {
        for (var i = 0; i < pairs; i++)
        {
            _range.Release(_range.TryAllocateNext().Address);
        }
    }
}
