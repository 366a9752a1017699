using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Networking.LoadBalancers;

/// <summary>What a cloud does when a Service asks for a load balancer.</summary>
public sealed record LoadBalancerPlan
{
    /// <summary>Time from the request until there is an address.</summary>
    /// <value>At once by default.</value>
    public TimeSpan After { get; init; }

    /// <summary>Addresses it gives; none gives one from 203.0.113.0/24 and on, in the order in which Services ask.</summary>
    /// <value>The next address by default.</value>
    public ImmutableArray<LoadBalancerIngress> Ingress { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Why the cloud refuses; empty if it does not.</summary>
    /// <value>It does not by default.</value>
    public string Error { get; init => field = value ?? ""; } = "";
}
