using BenchmarkDotNet.Attributes;
using K124.Sim.Model;
using K124.Sim.Storage.Binding;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Benchmarks;

/// <summary>Matching claims to 50,000 local volumes on 5,000 nodes and reserving what was found, one claim a node.</summary>
[MemoryDiagnoser]
public class StaticMatching
{
    private const int Nodes = 5_000;
    private const int Volumes = 50_000;
    private const int ClaimCount = 1_000;

    private readonly Pod[] _pods = [.. Enumerable.Range(0, ClaimCount).Select(StorageData.Pod)];
    private Cluster _cluster = Cluster.Empty;
    private ReferenceVolumes _reference = new();
    private VolumeBinder _binder = new(Cluster.Empty);

    [GlobalSetup]
    public void Setup()
    {
        _cluster = Cluster.Of([.. StorageData.LocalVolumes(Nodes, Volumes), .. Enumerable.Range(0, ClaimCount).Select(static i => StorageData.Claim("local", i, 1 + (i % 48)))]);
        _reference = new();
        foreach (var item in _cluster.Objects)
        {
            _reference.Apply(item);
        }
    }

    [IterationSetup(Target = nameof(Library))]
    public void Renew()
    {
        _binder = new(_cluster);
        _binder.FindPodVolumes(_binder.GetPodVolumes(_pods[0]), "node-00000");
    }

    [Benchmark(Baseline = true)]
    public int Reference() => _reference.Find(_pods[0], "node-00000").Bindings.Count;

    [Benchmark(OperationsPerInvoke = ClaimCount)]
    public int Library()
    {
        var found = 0;
        for (var i = 0; i < ClaimCount; i++)
        {
            var node = $"node-{i * 5:d5}";
            var claims = _binder.GetPodVolumes(_pods[i]);
            var finding = _binder.FindPodVolumes(claims, node);
            if (finding.Fits)
            {
                _binder.AssumePodVolumes(claims, node, finding.Volumes);
                found++;
            }
        }

        return found;
    }
}
