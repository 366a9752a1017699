namespace K124.Sim.Model;

/// <summary>A metric of each pod, to scale on.</summary>
public sealed record PodsMetricSource
{
    /// <summary>The metric.</summary>
    public MetricIdentifier? Metric { get; init; }

    /// <summary>Wanted value.</summary>
    public MetricTarget? Target { get; init; }
}
