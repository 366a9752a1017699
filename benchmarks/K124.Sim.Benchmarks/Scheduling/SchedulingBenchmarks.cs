using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>Time a decision: the workloads of scheduler_perf with the library and with the reference, which reads as the rules do.</summary>
/// <remarks>A decision counts what follows from it: the pod put on its node, or victims evicted and the pod decided on again.
/// Both begin an iteration in the same state; the reference makes fewer decisions in one, as it is slower.</remarks>
[MemoryDiagnoser]
[Config(typeof(WholeNames))]
[WarmupCount(2)]
[IterationCount(5)]
[InvocationCount(1)]
public class SchedulingBenchmarks
{
    private const int LibraryDecisions = 1_000;
    private const int ReferenceDecisions = 5;

    private WorkloadRun _library = null!;
    private WorkloadRun _reference = null!;
    private int _next;

    public static IEnumerable<string> Names => SchedulingWorkloads.All.Select(static workload => workload.Name);

    [ParamsSource(nameof(Names))]
    public string Workload { get; set; } = "";

    [Params(100, 1_000, 5_000)]
    public int Nodes { get; set; }

    [Params(0, 100)]
    public int PercentageOfNodesToScore { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var data = new WorkloadData(SchedulingWorkloads.Find(Workload), Nodes);
        _library = new(data, new LibraryScheduler(data.Cluster, new() { PercentageOfNodesToScore = PercentageOfNodesToScore }));
        _reference = new(data, new PlainScheduler(data, new() { PercentageOfNodesToScore = PercentageOfNodesToScore }));
    }

    [IterationSetup]
    public void BeginIteration() => _next = 0;

    [IterationCleanup]
    public void EndIteration()
    {
        _library.Reset();
        _reference.Reset();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = ReferenceDecisions)]
    public int Reference() => Decide(_reference, ReferenceDecisions);

    [Benchmark(OperationsPerInvoke = LibraryDecisions)]
    public int Library() => Decide(_library, LibraryDecisions);

    /// <summary>Small clusters have fewer measured pods than an iteration decides on: then it takes several rounds.</summary>
    private int Decide(WorkloadRun run, int count)
    {
        while (count > 0)
        {
            if (_next == run.Length)
            {
                run.Reset();
                _next = 0;
            }

            var batch = Math.Min(count, run.Length - _next);
            run.Decide(_next, batch);
            _next += batch;
            count -= batch;
        }

        return run.Unplaced;
    }

    /// <summary>Workloads' names in full in the table.</summary>
    private sealed class WholeNames : ManualConfig
    {
        private const int Width = 40;

        public WholeNames() => SummaryStyle = SummaryStyle.Default.WithMaxParameterColumnWidth(Width);
    }
}
