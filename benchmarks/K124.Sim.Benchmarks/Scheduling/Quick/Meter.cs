using System.Diagnostics;

namespace K124.Sim.Benchmarks.Scheduling.Quick;

/// <summary>Time and allocation of a decision.</summary>
/// <param name="Nanoseconds">Wall time a decision.</param>
/// <param name="Bytes">Bytes that the scheduler allocates a decision, in the round that allocated least; not what the caller makes for it.</param>
/// <param name="Unplaced">Share of the pods that fitted nowhere though they should.</param>
internal readonly record struct Measurement(double Nanoseconds, double Bytes, double Unplaced);

/// <summary>Measures a workload by the clock, without a benchmark runner: quick, and good for a ratio.</summary>
internal static class Meter
{
    private const int Batch = 500;
    private const int ByteRounds = 3;
    private const int LongestTurn = 40;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(0.25);

    /// <summary>Runs every workload on a few nodes, uncounted, so that the code is compiled for good when the first figure is taken.</summary>
    public static void WarmUp()
    {
        const int Nodes = 100;
        foreach (var workload in SchedulingWorkloads.All)
        {
            var data = new WorkloadData(workload, Nodes);
            Rounds(data, new LibraryScheduler(data.Cluster, new()), WarmUpTime);
            Rounds(data, new LibraryScheduler(data.Cluster, new() { PercentageOfNodesToScore = 100 }), WarmUpTime);
        }
    }

    /// <summary>Runs rounds until the time is up; the fastest one counts, apart from the first.</summary>
    /// <remarks>A round that alone takes longer is cut short, and the next one goes on with the pods after it.</remarks>
    public static Measurement Rounds(WorkloadData data, IWorkloadScheduler scheduler, TimeSpan time)
    {
        var run = new WorkloadRun(data, scheduler);
        var (nanoseconds, decided, next) = (double.MaxValue, 0, 0);
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < 2 || watch.Elapsed < time; round++)
        {
            var (elapsed, _, first, count) = Round(run, ref next, time, static () => 0);
            decided += first + count;
            nanoseconds = round == 0 ? nanoseconds : Math.Min(nanoseconds, elapsed / count);
        }

        run.Reset();
        return new(nanoseconds, Bytes(data, scheduler, next, time), (double)run.Unplaced / decided);
    }

    /// <summary>Looks at the bytes of every call of the scheduler, which takes time: so in rounds of its own.</summary>
    private static double Bytes(WorkloadData data, IWorkloadScheduler scheduler, int next, TimeSpan time)
    {
        var metered = new MeteredScheduler(scheduler);
        var run = new WorkloadRun(data, metered);
        var least = double.MaxValue;
        for (var round = 0; round < ByteRounds; round++)
        {
            var (_, bytes, _, count) = Round(run, ref next, time / ByteRounds, () => metered.Bytes);
            least = Math.Min(least, (double)bytes / count);
        }

        run.Reset();
        return least;
    }

    private static (double Nanoseconds, long Bytes, int First, int Count) Round(WorkloadRun run, ref int next, TimeSpan time, Func<long> allocated)
    {
        // The first pod of each kind makes up for the reset, which is not part of a workload.
        var first = Math.Min(run.Turn, run.Length / 2);
        if (next + (2 * first) > run.Length)
        {
            run.Reset();
            next = 0;
        }

        run.Decide(next, first);
        next += first;
        var bytes = allocated();
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        while (next < run.Length && (count == 0 || Stopwatch.GetElapsedTime(started) < time))
        {
            // Growing ones: where a decision takes milliseconds the clock is looked at often.
            var batch = Math.Min(Math.Clamp(count, 1, Batch), run.Length - next);
            run.Decide(next, batch);
            next += batch;
            count += batch;
        }

        var elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds;
        bytes = allocated() - bytes;
        return (elapsed, bytes, first, count);
    }

    /// <summary>Makes as many decisions as there is time for, after some that are not counted; the fastest turn through the workload's templates counts. For what is slow.</summary>
    public static Measurement Turns(WorkloadRun run, TimeSpan time)
    {
        var (next, decided, nanoseconds) = (0, 0, double.MaxValue);
        var turn = Math.Min(Math.Min(run.Turn, LongestTurn), run.Length);
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
