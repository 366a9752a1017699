namespace K124.Sim.Model;

/// <summary>Last reading of an object's metric.</summary>
public sealed record ObjectMetricStatus
{
    /// <summary>Present value.</summary>
    public MetricValueStatus? Current { get; init; }

    /// <summary>Object the metric belongs to.</summary>
    public CrossVersionObjectReference? DescribedObject { get; init; }

    /// <summary>The metric.</summary>
    public MetricIdentifier? Metric { get; init; }
}
