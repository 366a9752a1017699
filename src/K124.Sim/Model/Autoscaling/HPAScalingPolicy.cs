namespace K124.Sim.Model;

/// <summary>How much may change in a period.</summary>
public sealed record HPAScalingPolicy
{
    /// <summary>Seconds between checks; 0 before defaulting.</summary>
    public int PeriodSeconds { get; init; }

    /// <summary>Type.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>Value.</summary>
    public int Value { get; init; }
}
