namespace K124.Sim.Model;

/// <summary>A resource of each pod, to scale on.</summary>
public sealed record ResourceMetricSource
{
    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Wanted value.</summary>
    public MetricTarget? Target { get; init; }
}
