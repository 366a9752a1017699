using BenchmarkDotNet.Attributes;

namespace K124.Sim.Benchmarks.Batch;

/// <summary>How the time of a whole Job grows with its completions.</summary>
[MemoryDiagnoser]
public class LargeIndexedJob
{
    [Params(100_000, 1_000_000)]
    public int Completions { get; set; }

    [Benchmark]
    public int ToComplete() => JobData.Run(Completions, parallelism: 500).Job!.Status.Succeeded;
}
