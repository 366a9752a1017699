using BenchmarkDotNet.Attributes;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Benchmarks;

/// <summary>Placing pods of one shape on an empty cluster, taking in the cluster included; the reference reads as the rules do.</summary>
/// <remarks>The shape of scheduler_perf's SchedulingBasic: nodes of 4 cores, 32 GiB and 110 pods in 3 zones, pods of 100m and 500 MiB.</remarks>
[MemoryDiagnoser]
public class SchedulingBasic
{
    private const int PodCount = 500;

    private Cluster _cluster = Cluster.Empty;
    private Pod[] _pods = [];

    [Params(100, 500, 5_000)]
    public int Nodes { get; set; }

    [Params(0, 100)]
    public int PercentageOfNodesToScore { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var allocatable = StringMap.Of(("cpu", Quantity.Parse("4")), ("memory", Quantity.Parse("32Gi")), ("pods", Quantity.Parse("110")));
        var requests = StringMap.Of(("cpu", Quantity.Parse("100m")), ("memory", Quantity.Parse("500Mi")));
        _cluster = Cluster.Of(Enumerable.Range(0, Nodes).Select(i => new Node
        {
            Metadata = new()
            {
                Name = $"node-{i:d5}",
                Labels = StringMap.Of(("kubernetes.io/hostname", $"node-{i:d5}"), ("topology.kubernetes.io/zone", $"zone{i % 3}")),
            },
            Status = new() { Allocatable = allocatable },
        }));
        _pods =
        [
            .. Enumerable.Range(0, PodCount).Select(i => new Pod
            {
                Metadata = new() { Name = $"pod-{i}", Namespace = "default" },
                Spec = new() { Containers = [new() { Name = "c", Resources = new() { Requests = requests } }] },
            }),
        ];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = PodCount)]
    public int Reference()
    {
        var scheduler = new ReferenceScheduler(_cluster, new() { PercentageOfNodesToScore = PercentageOfNodesToScore });
        var placed = 0;
        foreach (var pod in _pods)
        {
            if (scheduler.Schedule(pod).NodeName is { } node)
            {
                scheduler.Assume(pod, node);
                placed++;
            }
        }

        return placed;
    }

    [Benchmark(OperationsPerInvoke = PodCount)]
    public int Library()
    {
        var scheduler = new Scheduler(_cluster, new() { PercentageOfNodesToScore = PercentageOfNodesToScore });
        var placed = 0;
        foreach (var pod in _pods)
        {
            if (scheduler.Schedule(pod).NodeName is { } node)
            {
                scheduler.Assume(pod, node);
                placed++;
            }
        }

        return placed;
    }
}
