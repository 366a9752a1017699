namespace K124.Sim.Model;

/// <summary>Last reading of one metric.</summary>
public sealed record MetricStatus
{
    /// <summary>A resource of one container.</summary>
    public ContainerResourceMetricStatus? ContainerResource { get; init; }

    /// <summary>A metric from outside.</summary>
    public ExternalMetricStatus? External { get; init; }

    /// <summary>A metric of an object.</summary>
    public ObjectMetricStatus? Object { get; init; }

    /// <summary>A metric of pods.</summary>
    public PodsMetricStatus? Pods { get; init; }

    /// <summary>A resource of pods.</summary>
    public ResourceMetricStatus? Resource { get; init; }

    /// <summary>Type.</summary>
    public string Type { get; init => field = value ?? ""; } = "";
}
