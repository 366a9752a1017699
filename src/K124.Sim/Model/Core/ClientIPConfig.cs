namespace K124.Sim.Model;

/// <summary>How long a client keeps to one endpoint.</summary>
public sealed record ClientIPConfig
{
    /// <summary>Seconds a check may take.</summary>
    public int? TimeoutSeconds { get; init; }
}
