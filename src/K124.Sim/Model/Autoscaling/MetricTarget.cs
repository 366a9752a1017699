namespace K124.Sim.Model;

/// <summary>Wanted value of a metric.</summary>
public sealed record MetricTarget
{
    /// <summary>Percentage of the request, averaged over pods.</summary>
    public int? AverageUtilization { get; init; }

    /// <summary>Average over pods.</summary>
    public Quantity? AverageValue { get; init; }

    /// <summary>Type.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>Value.</summary>
    public Quantity? Value { get; init; }
}
