namespace K124.Sim.Batch.Forecast;

/// <summary>A time in which a Job is suspended.</summary>
/// <param name="From">Its start, from the creation of the Job.</param>
/// <param name="To">Its end.</param>
public sealed record SuspendWindow(TimeSpan From, TimeSpan To);
