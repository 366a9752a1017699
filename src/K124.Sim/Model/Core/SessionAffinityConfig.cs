namespace K124.Sim.Model;

/// <summary>Settings of session affinity.</summary>
public sealed record SessionAffinityConfig
{
    /// <summary>Settings of affinity by client address.</summary>
    public ClientIPConfig? ClientIP { get; init; }
}
