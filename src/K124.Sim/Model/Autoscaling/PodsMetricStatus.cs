namespace K124.Sim.Model;

/// <summary>Last reading of a metric of pods.</summary>
public sealed record PodsMetricStatus
{
    /// <summary>Present value.</summary>
    public MetricValueStatus? Current { get; init; }

    /// <summary>The metric.</summary>
    public MetricIdentifier? Metric { get; init; }
}
