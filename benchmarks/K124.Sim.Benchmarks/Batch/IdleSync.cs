using BenchmarkDotNet.Attributes;
using K124.Sim.Batch.Forecast;
using K124.Sim.Batch.Forecast.World;
using K124.Sim.Batch.Jobs.Syncing;

namespace K124.Sim.Benchmarks.Batch;

/// <summary>A sync that finds nothing to do, in Jobs of different sizes.</summary>
[MemoryDiagnoser]
public class IdleSync
{
    private readonly JobSyncer _syncer = new(KubernetesRelease.Newest);
    private JobWorld _world = null!;

    [Params(1_000, 1_000_000)]
    public int Completions { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // The pods of the last tenth never end.
        var pods = new MostlyFinished((int)(Completions * 0.9));
        _world = new(
            JobData.NewJob(Completions, 500), JobData.Start, JobData.Profile, pods, JobWorldOptions.Default, TimeSpan.Zero, [], log: null);
        _world.RunUntil(JobData.Start.AddDays(1).UtcTicks);
    }

    [Benchmark]
    public bool NothingToDo() => _syncer.Sync(_world.Cached, _world, JobData.Start.AddDays(1)).Forget;

    private sealed class MostlyFinished(int ending) : IPodStepsSource
    {
        public PodSteps Next(int index, int attempt) => new() { Outcome = index < ending ? PodPhase.Succeeded : PodPhase.None };
    }
}
