namespace K124.Sim.Model;

/// <summary>Last reading of an external metric.</summary>
public sealed record ExternalMetricStatus
{
    /// <summary>Present value.</summary>
    public MetricValueStatus? Current { get; init; }

    /// <summary>The metric.</summary>
    public MetricIdentifier? Metric { get; init; }
}
