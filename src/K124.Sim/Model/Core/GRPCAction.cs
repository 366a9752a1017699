namespace K124.Sim.Model;

/// <summary>A gRPC health check.</summary>
public sealed record GRPCAction
{
    /// <summary>Port number or name.</summary>
    public int Port { get; init; }

    /// <summary>Name of the service to ask for.</summary>
    public string? Service { get; init; }
}
