namespace K124.Sim.Model;

/// <summary>Last reading of a container's resource.</summary>
public sealed record ContainerResourceMetricStatus
{
    /// <summary>Name of the container.</summary>
    public string Container { get; init => field = value ?? ""; } = "";

    /// <summary>Present value.</summary>
    public MetricValueStatus? Current { get; init; }

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";
}
