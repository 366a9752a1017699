using K124.Sim.Batch;

namespace K124.Sim.Cli.Commands;

/// <summary>The forecast for one parallelism.</summary>
internal sealed record JobForecastRow(int Parallelism, JobForecastResult Result);
