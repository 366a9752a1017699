namespace K124.Sim.Model;

/// <summary>Name and selector of a metric.</summary>
public sealed record MetricIdentifier
{
    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Selector.</summary>
    public LabelSelector? Selector { get; init; }
}
