using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>A point of entry of a load balancer.</summary>
public sealed record LoadBalancerIngress
{
    private readonly Items<PortStatus> _ports;

    /// <summary>Address.</summary>
    public string IP { get; init => field = value ?? ""; } = "";

    /// <summary>Host name.</summary>
    public string Hostname { get; init => field = value ?? ""; } = "";

    /// <summary>Ports.</summary>
    public ImmutableArray<PortStatus> Ports { get => _ports.Array; init => _ports = new(value); }
}
