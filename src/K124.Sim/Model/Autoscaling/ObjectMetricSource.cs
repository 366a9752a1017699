namespace K124.Sim.Model;

/// <summary>A metric of one object, to scale on.</summary>
public sealed record ObjectMetricSource
{
    /// <summary>Object the metric belongs to.</summary>
    public CrossVersionObjectReference? DescribedObject { get; init; }

    /// <summary>The metric.</summary>
    public MetricIdentifier? Metric { get; init; }

    /// <summary>Wanted value.</summary>
    public MetricTarget? Target { get; init; }
}
