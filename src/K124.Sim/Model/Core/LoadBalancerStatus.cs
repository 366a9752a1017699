using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>State of a load balancer.</summary>
public sealed record LoadBalancerStatus
{
    private readonly Items<LoadBalancerIngress> _ingress;

    /// <summary>Points of entry.</summary>
    public ImmutableArray<LoadBalancerIngress> Ingress { get => _ingress.Array; init => _ingress = new(value); }
}
