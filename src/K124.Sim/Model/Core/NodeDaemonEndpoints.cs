namespace K124.Sim.Model;

/// <summary>Ports of the daemons of a node.</summary>
public sealed record NodeDaemonEndpoints
{
    /// <summary>Port of the kubelet.</summary>
    public DaemonEndpoint? KubeletEndpoint { get; init; }
}
