namespace K124.Sim.Model;

/// <summary>A resource of one container of each pod, to scale on.</summary>
public sealed record ContainerResourceMetricSource
{
    /// <summary>Name of the container.</summary>
    public string Container { get; init => field = value ?? ""; } = "";

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Wanted value.</summary>
    public MetricTarget? Target { get; init; }
}
