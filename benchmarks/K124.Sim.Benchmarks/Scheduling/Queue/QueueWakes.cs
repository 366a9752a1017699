using BenchmarkDotNet.Attributes;
using K124.Sim.Scheduling.Queue;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Benchmarks.Scheduling.Queue;

/// <summary>A volume comes while many pods wait for events; one in a thousand of them waits for volumes. They are woken, fail again and wait on. Per event.</summary>
/// <remarks>The plain lists take a second an event at 150,000 pods: few iterations, wide error bars.</remarks>
[MemoryDiagnoser]
[WarmupCount(1)]
[IterationCount(3)]
public class QueueWakes
{
    private static readonly ClusterEvent VolumeAdd = new(ClusterResource.PersistentVolume, ActionTypes.Add);

    private SchedulingQueue _queue = null!;
    private NaiveQueueModel _naive = null!;

    [Params(1_000, 10_000, 150_000)]
    public int Pods { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        // No pod waits long enough to be tried again for that alone.
        var options = new SchedulingQueueOptions { PodMaxInUnschedulablePodsDuration = TimeSpan.FromDays(1_000_000) };
        _queue = new(QueueData.Start, options);
        _naive = new(QueueData.Start, options.PodInitialBackoff, options.PodMaxBackoff, options.PodMaxInUnschedulablePodsDuration, static _ => null);
        var pods = QueueData.Pods(Pods);
        for (var i = 0; i < pods.Length; i++)
        {
            _queue.Add(pods[i]);
            _queue.TryPop(out var info);
            _queue.AddUnschedulableIfNotPresent(info!, pods[i], QueueData.PluginsOf(i));
            _naive.Unschedulable.Add(new(pods[i], QueueData.Start) { Attempts = 1, Plugins = [.. QueueData.PluginsOf(i)] });
        }

        _naive.AdvanceTo(QueueData.Start.AddSeconds(10));
        _queue.AdvanceTo(QueueData.Start.AddSeconds(10));
    }

    [Benchmark(Baseline = true)]
    public int Naive()
    {
        _naive.MoveAll("PersistentVolume", "Add", static _ => true);
        _naive.AdvanceTo(_naive.Now.AddSeconds(10));
        while (_naive.Pop() is { } pod)
        {
            _naive.AddUnschedulableIfNotPresent(pod, pod.Pod, ["VolumeBinding"]);
        }

        return _naive.Unschedulable.Count;
    }

    [Benchmark]
    public int SchedulingQueue()
    {
        _queue.MoveAllToActiveOrBackoffQueue(VolumeAdd);
        _queue.AdvanceTo(_queue.Now.AddSeconds(10));
        while (_queue.TryPop(out var pod))
        {
            _queue.AddUnschedulableIfNotPresent(pod, pod.Pod, QueueData.PluginsOf(7));
        }

        return _queue.UnschedulableCount;
    }
}
