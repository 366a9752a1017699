using BenchmarkDotNet.Attributes;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>Late binding with tracked capacity: the reference looks at every capacity for every node, which at 5,000 nodes takes it many seconds a decision.</summary>
public class SchedulingLateBinding : WorkloadBenchmark
{
    [Params("SchedulingLateBinding", Priority = -1)]
    public override string Workload { get; set; } = "";

    [Params(1_000)]
    public override int Nodes { get; set; }
}
