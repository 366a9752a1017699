using BenchmarkDotNet.Attributes;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>The workloads at 5,000 nodes.</summary>
public class SchedulingBenchmarks : WorkloadBenchmark
{
    public static IEnumerable<string> Names => SchedulingWorkloads.All.Where(static workload => workload.MaxReferenceNodes == int.MaxValue).Select(static workload => workload.Name);

    [ParamsSource(nameof(Names), Priority = -1)]
    public override string Workload { get; set; } = "";

    [Params(5_000)]
    public override int Nodes { get; set; }
}
