using BenchmarkDotNet.Attributes;
using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Benchmarks.Scheduling.Queue;

/// <summary>A pod's turn comes, it fails while another is placed, and backs off; 10 milliseconds pass. Per turn.</summary>
[MemoryDiagnoser]
[WarmupCount(1)]
[IterationCount(3)]
public class QueueTurns
{
    private const int Turns = 10_000;
    private const int NaiveTurns = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Pod _placed = new() { Metadata = new() { Namespace = "default", Name = "placed" }, Spec = new() { NodeName = "node" } };
    private SchedulingQueue _queue = null!;
    private NaiveQueueModel _naive = null!;

    [Params(1_000, 10_000, 150_000)]
    public int Pods { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var options = new SchedulingQueueOptions();
        _queue = new(QueueData.Start, options);
        _naive = new(QueueData.Start, options.PodInitialBackoff, options.PodMaxBackoff, options.PodMaxInUnschedulablePodsDuration, static _ => null);
        foreach (var pod in QueueData.Pods(Pods))
        {
            _queue.Add(pod);
            _naive.Active.Add(new(pod, QueueData.Start));
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = NaiveTurns)]
    public int Naive()
    {
        for (var i = 0; i < NaiveTurns; i++)
        {
            if (_naive.Pop() is { } pod)
            {
                _naive.Assigned("Add", static _ => false);
                _naive.AddUnschedulableIfNotPresent(pod, pod.Pod, ["NodeResourcesFit"]);
            }

            _naive.AdvanceTo(_naive.Now + Pause);
        }

        return _naive.Backoff.Count;
    }

    [Benchmark(OperationsPerInvoke = Turns)]
    public int SchedulingQueue()
    {
        for (var i = 0; i < Turns; i++)
        {
            if (_queue.TryPop(out var pod))
            {
                _queue.AssignedPodAdded(_placed, StringMap<string>.Empty);
                _queue.AddUnschedulableIfNotPresent(pod, pod.Pod, QueueData.PluginsOf(0));
            }

            _queue.AdvanceTo(_queue.Now + Pause);
        }

        return _queue.BackoffCount;
    }
}
