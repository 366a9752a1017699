using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using K124.Sim.Scheduling;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>Time a decision of a workload with the library and with the reference, which reads as the rules do.</summary>
/// <remarks>A decision counts what follows from it: the pod put on its node, or victims evicted and the pod decided on again. An iteration begins where
/// the workload does, after the first two pods of each kind; the reference makes fewer decisions in one, as it is slower.</remarks>
[MemoryDiagnoser]
[Config(typeof(DecisionTable))]
[WarmupCount(2)]
[IterationCount(10)]
[InvocationCount(1)]
public abstract class WorkloadBenchmark
{
    private const int FirstOfEachKind = 2;
    private const int LibraryDecisions = 500;
    private const int ReferenceDecisions = 20;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(1);

    private WorkloadRun _run = null!;
    private int _next;

    public abstract string Workload { get; set; }

    public abstract int Nodes { get; set; }

    [Params(0, 100)]
    public int PercentageOfNodesToScore { get; set; }

    [GlobalSetup(Target = nameof(Library))]
    public void SetUpLibrary()
    {
        var data = Data(LibraryDecisions);
        SetUp(new(data, new LibraryScheduler(data.Cluster, Options)));
    }

    [GlobalSetup(Target = nameof(Reference))]
    public void SetUpReference()
    {
        var data = Data(ReferenceDecisions);
        SetUp(new(data, new PlainScheduler(data, Options)));
    }

    [IterationSetup]
    public void BeginIteration()
    {
        _next = FirstOfEachKind * _run.Turn;
        _run.Decide(0, _next);
    }

    [IterationCleanup]
    public void EndIteration() => _run.Reset();

    [Benchmark(Baseline = true, OperationsPerInvoke = ReferenceDecisions)]
    public int Reference() => Decide(ReferenceDecisions);

    [Benchmark(OperationsPerInvoke = LibraryDecisions)]
    public int Library() => Decide(LibraryDecisions);

    private SchedulerOptions Options => new() { PercentageOfNodesToScore = PercentageOfNodesToScore };

    /// <summary>The workload with as many pods as an iteration takes: a reset within one would be measured.</summary>
    private WorkloadData Data(int decisions)
    {
        var workload = SchedulingWorkloads.Find(Workload);
        return new(workload with { MeasuredPods = _ => (FirstOfEachKind * workload.Templates.Count) + decisions }, Nodes);
    }

    /// <summary>Goes on until the code is compiled for good, which a few short iterations would not bring about.</summary>
    private void SetUp(WorkloadRun run)
    {
        _run = run;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < WarmUpTime; run.Reset())
        {
            run.Decide(0, run.Length);
        }
    }

    private int Decide(int count)
    {
        _run.Decide(_next, count);
        _next += count;
        return _run.Unplaced;
    }
}
