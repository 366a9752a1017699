using BenchmarkDotNet.Attributes;
using K124.Sim.Model;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Benchmarks;

/// <summary>Forking a volume binder, alone and with the first decision and the first changes of the fork.</summary>
[MemoryDiagnoser]
public class BinderFork
{
    private readonly Pod _pod = StorageData.Pod(0);
    private VolumeBinder _binder = new(Cluster.Empty);

    [Params(500, 5_000)]
    public int Nodes { get; set; }

    /// <summary>Whether there are as many CSINodes, capacity objects, local volumes and claims as nodes.</summary>
    [Params(false, true)]
    public bool HasStorage { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var objects = StorageData.TrackedCluster(Nodes).Where(item => HasStorage || item is Node);
        if (HasStorage)
        {
            objects = objects
                .Concat(StorageData.LocalVolumes(Nodes, Nodes).Where(static item => item is not Node))
                .Concat(Enumerable.Range(0, Nodes).Select(static i => StorageData.Claim("local", i, 1)))
                .Concat(Enumerable.Range(0, Nodes).Select(static i => new CSINode { Metadata = new() { Name = $"node-{i:d5}" } }));
        }

        _binder = new(Cluster.Of([.. objects]));
        _binder.FindPodVolumes(_binder.GetPodVolumes(_pod), "node-00000");
    }

    [Benchmark(Baseline = true)]
    public object Fork() => _binder.Fork();

    [Benchmark]
    public object ForkAndReserve()
    {
        var fork = _binder.Fork();
        var claims = fork.GetPodVolumes(_pod);
        fork.AssumePodVolumes(claims, "node-00000", fork.FindPodVolumes(claims, "node-00000").Volumes);
        return fork;
    }
}
