using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using K124.Sim.Manifests;

namespace K124.Sim.Benchmarks;

/// <summary>Time, live bytes a pod and peak memory of one cold load from a file, printed at the end of each run.</summary>
[SimpleJob(RunStrategy.ColdStart, launchCount: 1, warmupCount: 0, iterationCount: 1)]
public class LoadingMemory
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), "k124-loading.json");

    [Params(15_000, 150_000)]
    public int Pods { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using var file = File.Create(_path);
        new LoadingDump(1).WriteJson(file, Pods / 30, Pods);
    }

    [GlobalCleanup]
    public void Cleanup() => File.Delete(_path);

    [Benchmark]
    public int Load()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var cluster = ClusterReader.Read(_path).RequireCluster();
        var seconds = watch.Elapsed.TotalSeconds;
        var live = GC.GetTotalMemory(forceFullCollection: true) - before;
        var strings = DistinctStringBytes(cluster);
        var megabytes = new FileInfo(_path).Length / 1e6;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"// {cluster.Nodes.Count} nodes, {Pods} pods: {megabytes:F0} MB in {seconds:F2} s = {megabytes / seconds:F0} MB/s; "
            + $"live {live / Pods} B a pod, of which distinct strings {strings / Pods} B; peak working set {process.PeakWorkingSet64 / 1e6:F0} MB");
        return cluster.Count;
    }

    /// <summary>Bytes of the strings that a pod does not share with others: names, identities and addresses.</summary>
    private static long DistinctStringBytes(Cluster cluster)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pod in cluster.Pods)
        {
            seen.Add(pod.Metadata.Name);
            seen.Add(pod.Metadata.Uid);
            seen.Add(pod.Metadata.ResourceVersion);
            seen.Add(pod.Status.PodIP);
            foreach (var volume in pod.Spec.Volumes)
            {
                seen.Add(volume.Name);
            }
        }

        return seen.Sum(static text => 22L + (text.Length * 2L) + 7 & ~7L);
    }
}
