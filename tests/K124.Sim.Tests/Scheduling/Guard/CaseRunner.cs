namespace K124.Sim.Tests.Scheduling.Guard;

/// <summary>Runs a case, and makes it as small as it can be where the scheduler and the reference differ.</summary>
internal static class CaseRunner
{
    private const int MaxAttempts = 4_000;

    public static void Check(SchedulerCase initial, Tally? tally = null)
    {
        if (Failure(initial, tally) is not null)
        {
            var (smallest, failure) = Smallest(initial);
            Assert.Fail($"Seed {initial.Seed}: scheduler and reference differ in {failure}\n{smallest}");
        }
    }

    private static (SchedulerCase Case, string Failure) Smallest(SchedulerCase initial)
    {
        var (smallest, attempts) = (initial, 0);
        while (smallest.Shrink().Take(MaxAttempts - attempts).FirstOrDefault(smaller => attempts++ >= 0 && Failure(smaller) is not null) is { } found)
        {
            smallest = found;
        }

        return (smallest, Failure(smallest)!);
    }

    /// <summary>The first difference; an exception is one too.</summary>
    private static string? Failure(SchedulerCase candidate, Tally? tally = null)
    {
        try
        {
            return candidate.FirstDifference(tally);
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }
}
