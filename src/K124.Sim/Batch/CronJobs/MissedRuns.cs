using K124.Sim.Time;

namespace K124.Sim.Batch.CronJobs;

/// <summary>How many times of a schedule have passed, and which was the last.</summary>
/// <remarks>An estimate from the first two times, as Kubernetes 1.24 makes it: for uneven schedules it may name a time that is none of theirs.</remarks>
/// <param name="Count">The number; 0 if none.</param>
/// <param name="Latest">The last; null if none.</param>
/// <param name="Error">Why it cannot be told; null if it can.</param>
internal readonly record struct MissedRuns(long Count, DateTimeOffset? Latest, string? Error)
{
    /// <summary>Counts the times of a schedule between two instants.</summary>
    public static MissedRuns Between(CronSchedule schedule, TimeZoneInfo zone, DateTimeOffset earliest, DateTimeOffset now)
    {
        var first = schedule.Next(earliest, zone);
        if (first is null)
        {
            return TooClose;
        }

        if (now < first)
        {
            return default;
        }

        var second = schedule.Next(first.Value, zone);
        if (second is null)
        {
            return TooClose;
        }

        if (now < second)
        {
            return new(1, first, null);
        }

        var step = (long)Math.Round((second.Value - first.Value).TotalSeconds, MidpointRounding.AwayFromZero);
        if (step < 1)
        {
            return TooClose;
        }

        var steps = (long)(now - first.Value).TotalSeconds / step;
        return new(steps + 1, DateTimeOffset.FromUnixTimeSeconds(first.Value.ToUnixTimeSeconds() + (steps * step)), null);
    }

    private static MissedRuns TooClose => new(0, null, "time difference between two schedules less than 1 second");
}
