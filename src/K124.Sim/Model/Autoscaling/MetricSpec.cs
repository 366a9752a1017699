namespace K124.Sim.Model;

/// <summary>One metric to scale on.</summary>
public sealed record MetricSpec
{
    /// <summary>A resource of one container.</summary>
    public ContainerResourceMetricSource? ContainerResource { get; init; }

    /// <summary>A metric from outside.</summary>
    public ExternalMetricSource? External { get; init; }

    /// <summary>A metric of an object.</summary>
    public ObjectMetricSource? Object { get; init; }

    /// <summary>A metric of pods.</summary>
    public PodsMetricSource? Pods { get; init; }

    /// <summary>A resource of pods.</summary>
    public ResourceMetricSource? Resource { get; init; }

    /// <summary>Type.</summary>
    public string Type { get; init => field = value ?? ""; } = "";
}
