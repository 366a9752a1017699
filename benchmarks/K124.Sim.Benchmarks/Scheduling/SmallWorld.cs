using BenchmarkDotNet.Attributes;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>From objects to placements for 10 nodes and 50 pods: the case of a property-based test, which does it ten thousand times.</summary>
[MemoryDiagnoser]
public class SmallWorld
{
    private const int NodeCount = 10;

    private readonly WorkloadData _data = new(SchedulingWorkloads.Fill with { MeasuredPods = static nodes => 5 * nodes }, NodeCount);
    private readonly IApiObject[] _objects;

    public SmallWorld() => _objects = [.. _data.Cluster.Nodes];

    [Benchmark]
    public int Run()
    {
        var scheduler = new Scheduler(Cluster.Of(_objects));
        var placed = 0;
        foreach (var pod in _data.Measured)
        {
            placed += scheduler.Place(pod).IsScheduled ? 1 : 0;
        }

        return placed;
    }
}
