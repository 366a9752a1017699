using K124.Sim.Batch.Jobs.Syncing;

namespace K124.Sim.Batch.Forecast;

/// <summary>Steps drawn from the distributions of a forecast.</summary>
internal sealed class DrawnSteps(JobForecastOptions options, SeededRandom random) : IPodStepsSource
{
    public PodSteps Next(int index, int attempt)
    {
        var fails = random.NextDouble() < options.FailureProbability;
        var startTicks = Ticks(options.StartDelay.Sample(random));
        var runs = fails && options.FailureDuration is { } failureDuration ? failureDuration : options.PodDuration;
        return new()
        {
            IsBoundAtOnce = true,
            StartTicks = startTicks,
            FinishTicks = Ticks(runs.Sample(random)),
            Outcome = fails ? PodPhase.Failed : PodPhase.Succeeded,
            TerminateTicks = 0,
        };
    }

    private static long Ticks(double seconds) => (long)(Math.Clamp(seconds, 0, TimeSpan.MaxValue.TotalSeconds / 2) * TimeSpan.TicksPerSecond);
}
