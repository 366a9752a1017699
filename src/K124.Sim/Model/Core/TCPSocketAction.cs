namespace K124.Sim.Model;

/// <summary>A TCP connection.</summary>
public sealed record TCPSocketAction
{
    /// <summary>Host; empty means the pod.</summary>
    public string Host { get; init => field = value ?? ""; } = "";

    /// <summary>Port number or name.</summary>
    public IntOrString? Port { get; init; }
}
