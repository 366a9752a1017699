namespace K124.Sim.Model;

/// <summary>A metric from outside the cluster, to scale on.</summary>
public sealed record ExternalMetricSource
{
    /// <summary>The metric.</summary>
    public MetricIdentifier? Metric { get; init; }

    /// <summary>Wanted value.</summary>
    public MetricTarget? Target { get; init; }
}
