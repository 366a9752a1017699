using K124.Sim.Scheduling;

namespace K124.Sim.Benchmarks.Scheduling.Quick;

/// <summary>Makes sure that what is compared does the same.</summary>
internal static class Agreement
{
    /// <summary>Decides on a workload's first pods with the library, as the reference did.</summary>
    /// <param name="data">The workload.</param>
    /// <param name="options">Options of both.</param>
    /// <param name="expected">What the reference decided, pod by pod.</param>
    /// <exception cref="InvalidOperationException">The library decides otherwise.</exception>
    public static void Check(WorkloadData data, SchedulerOptions options, IReadOnlyList<string> expected)
    {
        var run = new WorkloadRun(data, new LibraryScheduler(data.Cluster, options), records: true);
        run.Decide(0, expected.Count);
        run.EndRecord();
        for (var i = 0; i < expected.Count; i++)
        {
            if (run.Decisions[i] != expected[i])
            {
                throw new InvalidOperationException(
                    $"{data.Workload.Name}, {data.Measured[i].Metadata.Name}: the library decided '{run.Decisions[i]}', the reference '{expected[i]}' (percentageOfNodesToScore {options.PercentageOfNodesToScore}).");
            }
        }
    }
}
