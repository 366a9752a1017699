using BenchmarkDotNet.Attributes;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Benchmarks.Batch;

/// <summary>An Indexed Job of pods that succeed at once, from creation to Complete, against a controller that recounts everything.</summary>
[MemoryDiagnoser]
public class DriveIndexedJob
{
    private const int Parallelism = 500;

    [Params(10_000, 100_000)]
    public int Completions { get; set; }

    [Benchmark(Baseline = true)]
    public int Recounting()
    {
        var job = new NaiveJobController.NaiveJob(Completions, Parallelism, Completions);
        while (job.Condition.Length == 0)
        {
            job.Sync();
            foreach (var pod in job.Pods)
            {
                pod.Phase = NaiveJobController.Phase.Succeeded;
            }
        }

        return job.Completed.Count;
    }

    [Benchmark]
    public int Incremental() => JobData.Run(Completions, Parallelism).Job!.Status.Succeeded;
}
