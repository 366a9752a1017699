namespace K124.Sim.Model;

/// <summary>Present value of a metric.</summary>
public sealed record MetricValueStatus
{
    /// <summary>Percentage of the request, averaged over pods.</summary>
    public int? AverageUtilization { get; init; }

    /// <summary>Average over pods.</summary>
    public Quantity? AverageValue { get; init; }

    /// <summary>Value.</summary>
    public Quantity? Value { get; init; }
}
