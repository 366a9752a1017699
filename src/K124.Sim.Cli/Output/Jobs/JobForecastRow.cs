using System.Collections.Immutable;
using K124.Sim.Batch.Forecast;

namespace K124.Sim.Cli.Output.Jobs;

/// <summary>The forecast for one parallelism.</summary>
internal sealed record JobForecastRow(int Parallelism, JobForecastResult Result)
{
    /// <summary>The percentiles that are shown.</summary>
    public static ImmutableArray<int> Percentiles { get; } = [10, 50, 90, 95, 99];
}
