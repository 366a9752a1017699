using System.Diagnostics;

namespace K124.Sim.Benchmarks.Scheduling.Quick;

/// <summary>Time and allocation of a decision.</summary>
/// <param name="Nanoseconds">Wall time a decision.</param>
/// <param name="Bytes">Bytes allocated a decision, in the round that allocated least.</param>
/// <param name="Unplaced">Share of the pods that fitted nowhere though they should.</param>
internal readonly record struct Measurement(double Nanoseconds, double Bytes, double Unplaced);

/// <summary>Measures a workload by the clock, without a benchmark runner: quick, and good for a ratio.</summary>
internal static class Meter
{
    private const int Batch = 500;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(0.25);

    /// <summary>Runs every workload on a few nodes, uncounted, so that the code is compiled for good when the first figure is taken.</summary>
    public static void WarmUp()
    {
        const int Nodes = 100;
        foreach (var workload in SchedulingWorkloads.All)
        {
            var data = new WorkloadData(workload, Nodes);
            Rounds(new(data, new LibraryScheduler(data.Cluster, new())), WarmUpTime);
            Rounds(new(data, new LibraryScheduler(data.Cluster, new() { PercentageOfNodesToScore = 100 })), WarmUpTime);
        }
    }

    /// <summary>Runs rounds until the time is up; the fastest one counts, apart from the first. A round that alone takes longer is cut short.</summary>
    public static Measurement Rounds(WorkloadRun run, TimeSpan time)
    {
        var (nanoseconds, bytes, decided) = (double.MaxValue, double.MaxValue, 0);
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < 2 || watch.Elapsed < time; round++)
        {
            // The first pod of each kind makes up for the reset, which is not part of a workload.
            var first = Math.Min(run.Turn, run.Length / 2);
            run.Decide(0, first);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            var count = 0;
            while (first + count < run.Length && (count == 0 || Stopwatch.GetElapsedTime(started) < time))
            {
                var batch = Math.Min(Batch, run.Length - first - count);
                run.Decide(first + count, batch);
                count += batch;
            }

            var elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            run.Reset();
            decided += first + count;
            if (round > 0)
            {
                nanoseconds = Math.Min(nanoseconds, elapsed / count);
                bytes = Math.Min(bytes, (double)allocated / count);
            }
        }

        return new(nanoseconds, bytes, (double)run.Unplaced / decided);
    }

    /// <summary>Makes as many decisions as there is time for, after some that are not counted; the fastest turn through the workload's templates counts. For what is slow.</summary>
    public static Measurement Turns(WorkloadRun run, TimeSpan time)
    {
        var (next, decided, nanoseconds) = (0, 0, double.MaxValue);
        var turn = Math.Min(run.Turn, run.Length);
        var watch = Stopwatch.StartNew();
        while (decided < 2 * turn || watch.Elapsed < time)
        {
            if (next + turn > run.Length)
            {
                run.Reset();
                next = 0;
            }

            var started = Stopwatch.GetTimestamp();
            run.Decide(next, turn);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds / turn;
            nanoseconds = decided == 0 ? nanoseconds : Math.Min(nanoseconds, elapsed);
            next += turn;
            decided += turn;
        }

        return new(nanoseconds, 0, (double)run.Unplaced / decided);
    }
}
