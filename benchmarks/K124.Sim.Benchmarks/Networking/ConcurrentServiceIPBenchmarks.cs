using BenchmarkDotNet.Attributes;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Benchmarks.Networking;

/// <summary>A fixed number of allocate and release pairs on one /16, done by one thread or shared by two that live on, as those of a pool do.</summary>
public class ConcurrentServiceIPBenchmarks
{
    private const int Pairs = 200_000;

    private readonly ConcurrentServiceIPRange _range = new(ServiceCidr.Parse("10.0.0.0/16"), ClusterProfile.Default.With("ServiceIPStaticSubrange", true) with { Seed = 1 });
    private Barrier _start = null!;
    private Barrier _end = null!;
    private Thread? _helper;
    private bool _isOver;

    [Params(50, 99)]
    public int PercentFull { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (var left = (65534 - 256) * PercentFull / 100; left > 0; left--)
        {
            _range.TryAllocateNext();
        }

        (_start, _end) = (new(2), new(2));
        _helper = new(Help);
        _helper.Start();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _isOver = true;
        _start.SignalAndWait();
        _helper?.Join();
        _start.Dispose();
        _end.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void OneThread() => Work(Pairs);

    [Benchmark]
    public void TwoThreads()
    {
        _start.SignalAndWait();
        Work(Pairs / 2);
        _end.SignalAndWait();
    }

    private void Help()
    {
        for (_start.SignalAndWait(); !_isOver; _start.SignalAndWait())
        {
            Work(Pairs / 2);
            _end.SignalAndWait();
        }
    }

    private void Work(int pairs)
    {
        for (var i = 0; i < pairs; i++)
        {
            _range.Release(_range.TryAllocateNext().Address!.Value);
        }
    }
}
