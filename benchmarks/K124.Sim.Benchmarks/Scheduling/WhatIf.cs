using BenchmarkDotNet.Attributes;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>Asking what would be: a pod is placed, and then it was not.</summary>
[MemoryDiagnoser]
public class WhatIf
{
    private Scheduler _scheduler = null!;
    private Pod _pod = null!;

    [Params(1_000, 5_000)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var data = new WorkloadData(SchedulingWorkloads.Fill with { ExistingPods = static nodes => 30 * nodes, MeasuredPods = static _ => 1 }, Nodes);
        (_scheduler, _pod) = (new(data.Cluster), data.Measured[0]);
    }

    [Benchmark]
    public string? PlaceAndRollBack()
    {
        using var checkpoint = _scheduler.Checkpoint();
        var node = _scheduler.Place(_pod).NodeName;
        _scheduler.Rollback(checkpoint);
        return node;
    }
}
