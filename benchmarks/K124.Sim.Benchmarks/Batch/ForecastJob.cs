using BenchmarkDotNet.Attributes;
using K124.Sim.Batch.Forecast;

namespace K124.Sim.Benchmarks.Batch;

/// <summary>A hundred runs of a Job of 1,000 completions on one thread.</summary>
[MemoryDiagnoser]
public class ForecastJob
{
    [Params(50, 500)]
    public int Parallelism { get; set; }

    [Benchmark(OperationsPerInvoke = 100)]
    public double Run() => JobForecast.Run(Options(Parallelism), maxThreads: 1).WastedShare;

    internal static JobForecastOptions Options(int parallelism) => new()
    {
        Job = JobData.NewJob(1_000, parallelism),
        Profile = JobData.Profile with { Seed = 1 },
        PodDuration = new Distribution.LogNormal(60, 0.5),
        FailureProbability = 0.02,
        Runs = 100,
    };
}
