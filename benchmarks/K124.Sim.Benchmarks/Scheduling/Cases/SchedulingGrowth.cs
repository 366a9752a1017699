using BenchmarkDotNet.Attributes;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>How the cost of a decision grows with the cluster.</summary>
public class SchedulingGrowth : WorkloadBenchmark
{
    [Params("SchedulingBasic", "DefaultTopologySpreading", Priority = -1)]
    public override string Workload { get; set; } = "";

    [Params(100, 1_000, 15_000)]
    public override int Nodes { get; set; }
}
