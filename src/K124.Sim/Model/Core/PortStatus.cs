namespace K124.Sim.Model;

/// <summary>State of one port of a load balancer.</summary>
public sealed record PortStatus
{
    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>Port number or name.</summary>
    public int Port { get; init; }

    /// <summary>Protocol.</summary>
    public string Protocol { get; init => field = value ?? ""; } = "";
}
