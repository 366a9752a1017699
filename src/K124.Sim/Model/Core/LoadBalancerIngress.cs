namespace K124.Sim.Model;

/// <summary>A point of entry of a load balancer.</summary>
public sealed record LoadBalancerIngress
{
    /// <summary>Address.</summary>
    public string IP { get; init => field = value ?? ""; } = "";

    /// <summary>Host name.</summary>
    public string Hostname { get; init => field = value ?? ""; } = "";
}
