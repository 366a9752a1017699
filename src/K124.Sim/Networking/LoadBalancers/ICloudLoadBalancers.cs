using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Networking.LoadBalancers;

/// <summary>How a cloud answered.</summary>
/// <param name="Error">Why it failed; null if it did not.</param>
/// <param name="IsElsewhere">Whether it says that another controller does this.</param>
internal readonly record struct CloudReply(string? Error = null, bool IsElsewhere = false)
{
    /// <summary>Whether the cloud did what it was asked to.</summary>
    public bool Succeeded => Error is null && !IsElsewhere;
}

/// <summary>A cloud's load balancers.</summary>
internal interface ICloudLoadBalancers
{
    /// <summary>Whether a Service has one.</summary>
    CloudReply Find(Service service, out bool exists);

    /// <summary>Makes or changes the one of a Service.</summary>
    CloudReply Ensure(Service service, int nodeCount, out ImmutableArray<LoadBalancerIngress> ingress);

    /// <summary>Takes the one of a Service away.</summary>
    CloudReply Delete(Service service);
}
