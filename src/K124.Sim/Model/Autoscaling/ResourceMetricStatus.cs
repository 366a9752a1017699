namespace K124.Sim.Model;

/// <summary>Last reading of a resource.</summary>
public sealed record ResourceMetricStatus
{
    /// <summary>Present value.</summary>
    public MetricValueStatus? Current { get; init; }

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";
}
