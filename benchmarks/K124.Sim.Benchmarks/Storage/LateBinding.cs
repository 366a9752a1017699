using BenchmarkDotNet.Attributes;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Benchmarks;

/// <summary>Deciding on pods with one late-binding claim each, all of one shape, with one capacity object a node; volumes are reserved.</summary>
/// <remarks>The first pod of a class is decided on by looking at every node and the second makes the index: neither is measured. The reference
/// does the storage part alone, and for one node in a hundred: it looks at every capacity object for each. A decision takes a hundred times its
/// figure.</remarks>
[MemoryDiagnoser]
public class LateBinding
{
    private const int PodCount = 2_000;
    private const int FirstPods = 2;

    private readonly Pod[] _pods = [.. Enumerable.Range(0, PodCount + FirstPods).Select(StorageData.Pod)];
    private Cluster _cluster = Cluster.Empty;
    private ReferenceVolumes _reference = new();
    private Scheduler _scheduler = new(Cluster.Empty);

    [Params(1_000, 5_000, 20_000)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _cluster = Cluster.Of([.. StorageData.TrackedCluster(Nodes), .. Enumerable.Range(0, PodCount + FirstPods).Select(static i => StorageData.Claim("lvm", i, 10))]);
        _reference = new();
        foreach (var item in _cluster.Objects)
        {
            _reference.Apply(item);
        }
    }

    [IterationSetup(Target = nameof(Library))]
    public void Renew()
    {
        _scheduler = new(_cluster);
        for (var i = PodCount; i < PodCount + FirstPods; i++)
        {
            _scheduler.Place(_pods[i]);
        }
    }

    [Benchmark(Baseline = true)]
    public int ReferenceForOneNodeInAHundred() => _reference.Nodes.Keys.Where(static (_, i) => i % 100 == 0).Count(node => _reference.Find(_pods[0], node).Reasons.Count == 0);

    [Benchmark(OperationsPerInvoke = PodCount)]
    public int Library()
    {
        var placed = 0;
        for (var i = 0; i < PodCount; i++)
        {
            placed += _scheduler.Place(_pods[i]).NodeName is null ? 0 : 1;
        }

        return placed;
    }
}
