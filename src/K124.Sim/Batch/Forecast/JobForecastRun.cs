namespace K124.Sim.Batch.Forecast;

/// <summary>One run of a forecast.</summary>
/// <param name="Outcome">How the Job ended.</param>
/// <param name="Elapsed">From its creation to its end, or the horizon.</param>
/// <param name="CreatedPods">Pods created.</param>
/// <param name="FailedPods">Failures in its status.</param>
/// <param name="UsefulSeconds">Time that pods ran which succeeded.</param>
/// <param name="WastedSeconds">Time that pods ran which failed or were deleted.</param>
public readonly record struct JobForecastRun(
    JobOutcome Outcome, TimeSpan Elapsed, int CreatedPods, int FailedPods, double UsefulSeconds, double WastedSeconds);
