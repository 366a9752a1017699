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
    private const int Batch = 64;

    /// <summary>Runs whole rounds, after one that is not counted, until the time is up; the fastest one counts.</summary>
    public static Measurement Rounds(WorkloadRun run, TimeSpan time)
    {
        var (nanoseconds, bytes) = (double.MaxValue, double.MaxValue);
        var decided = 0;
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < 2 || watch.Elapsed < time; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            run.Decide(0, run.Length);
            var elapsed = Stopwatch.GetElapsedTime(started);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            decided += run.Length;
            run.Reset();
            if (round > 0)
            {
                nanoseconds = Math.Min(nanoseconds, elapsed.TotalNanoseconds / run.Length);
                bytes = Math.Min(bytes, (double)allocated / run.Length);
            }
        }

        return new(nanoseconds, bytes, (double)run.Unplaced / decided);
    }

    /// <summary>Makes as many decisions as there is time for, after a few that are not counted; for what is slow.</summary>
    public static Measurement Decisions(WorkloadRun run, TimeSpan time)
    {
        var next = 0;
        void Decide(int count)
        {
            if (next + count > run.Length)
            {
                run.Reset();
                next = 0;
            }

            run.Decide(next, count);
            next += count;
        }

        // Two at a time: a workload may take turns.
        var warmUp = Stopwatch.StartNew();
        do
        {
            Decide(2);
        }
        while (warmUp.Elapsed < time / 4);

        var step = warmUp.Elapsed < time / Batch ? Math.Min(Batch, run.Length) : 2;
        var (decided, watch, allocated) = (0, Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        do
        {
            Decide(step);
            decided += step;
        }
        while (watch.Elapsed < time);
        return new(watch.Elapsed.TotalNanoseconds / decided, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / decided, (double)run.Unplaced / decided);
    }
}
