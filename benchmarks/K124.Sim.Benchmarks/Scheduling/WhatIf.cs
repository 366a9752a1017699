using BenchmarkDotNet.Attributes;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>Asking what would be: a pod is placed, and then it was not, or it was in a fork alone.</summary>
[MemoryDiagnoser]
public class WhatIf
{
    private Scheduler _scheduler = null!;
    private Pod _pod = null!;
    private string _node = null!;

    [Params(1_000, 5_000)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var data = new WorkloadData(SchedulingWorkloads.Fill with { ExistingPods = static nodes => 30 * nodes, MeasuredPods = static _ => 1 }, Nodes);
        (_scheduler, _pod) = (new(data.Cluster), data.Measured[0]);
        _node = _scheduler.Decide(_pod).NodeName!;
    }

    [Benchmark]
    public string? PlaceAndRollBack()
    {
        using var checkpoint = _scheduler.Checkpoint();
        var node = _scheduler.Place(_pod).NodeName;
        _scheduler.Rollback(checkpoint);
        return node;
    }

    [Benchmark]
    public Scheduler Fork() => _scheduler.Fork();

    /// <summary>A fork, and the first change in it.</summary>
    [Benchmark]
    public Scheduler ForkAndAssume()
    {
        var fork = _scheduler.Fork();
        fork.Assume(_pod, _node);
        return fork;
    }

    /// <summary>A fork, and the first decision in it, for which nothing is worked out yet.</summary>
    [Benchmark]
    public string? ForkAndPlace() => _scheduler.Fork().Place(_pod).NodeName;
}
