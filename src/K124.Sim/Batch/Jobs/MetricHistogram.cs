using System.Collections.Immutable;

namespace K124.Sim.Batch.Jobs;

/// <summary>A histogram of durations as a component exposes it.</summary>
/// <param name="UpperBoundsSeconds">The highest duration of each bucket but the last, ascending.</param>
/// <param name="Counts">Durations in each bucket, not summed up; the last one holds those above every bound.</param>
/// <param name="SumSeconds">All durations together.</param>
public sealed record MetricHistogram(ImmutableArray<double> UpperBoundsSeconds, ImmutableArray<long> Counts, double SumSeconds);
