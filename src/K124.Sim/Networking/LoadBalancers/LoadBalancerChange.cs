using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Networking.LoadBalancers;

/// <summary>Whether a change of a Service concerns its load balancer.</summary>
/// <param name="NeedsUpdate">Whether it does.</param>
/// <param name="Event">Reason and message of the event about it; null if there is none.</param>
/// <remarks>Kubernetes 1.24 cloud-provider/controllers/service.</remarks>
internal readonly record struct LoadBalancerChange(bool NeedsUpdate, (string Reason, string Message)? Event = null)
{
    /// <summary>Compares a Service with what it was.</summary>
    public static LoadBalancerChange Between(Service old, Service current)
    {
        var (did, does) = (LoadBalancerOwner.IsOfCloud(old), LoadBalancerOwner.IsOfCloud(current));
        if (!did && !does)
        {
            return new(NeedsUpdate: false);
        }

        var (was, now) = (old.Spec, current.Spec);
        if (did != does)
        {
            return Told("Type", was.Type, now.Type);
        }

        if (!was.LoadBalancerSourceRanges.SequenceEqual(now.LoadBalancerSourceRanges))
        {
            return Told("LoadBalancerSourceRanges", List(was.LoadBalancerSourceRanges), List(now.LoadBalancerSourceRanges));
        }

        if (!SamePorts(was, now) || was.SessionAffinity != now.SessionAffinity || !Equals(was.SessionAffinityConfig, now.SessionAffinityConfig))
        {
            return new(NeedsUpdate: true);
        }

        if (was.LoadBalancerIP != now.LoadBalancerIP)
        {
            return Told("LoadbalancerIP", was.LoadBalancerIP, now.LoadBalancerIP);
        }

        return OfAddresses(was, now) ?? OfRest(old, current);
    }

    private static LoadBalancerChange? OfAddresses(ServiceSpec was, ServiceSpec now)
    {
        if (was.ExternalIPs.Length != now.ExternalIPs.Length)
        {
            return new(NeedsUpdate: true, ("ExternalIP", $"Count: {Number(was.ExternalIPs.Length)} -> {Number(now.ExternalIPs.Length)}"));
        }

        for (var i = 0; i < now.ExternalIPs.Length; i++)
        {
            if (was.ExternalIPs[i] != now.ExternalIPs[i])
            {
                return new(NeedsUpdate: true, ("ExternalIP", $"Added: {now.ExternalIPs[i]}"));
            }
        }

        return null;
    }

    private static LoadBalancerChange OfRest(Service old, Service current)
    {
        var (was, now) = (old.Spec, current.Spec);
        if (!old.Metadata.Annotations.Equals(current.Metadata.Annotations))
        {
            return new(NeedsUpdate: true);
        }

        if (old.Metadata.Uid != current.Metadata.Uid)
        {
            return Told("UID", old.Metadata.Uid, current.Metadata.Uid);
        }

        if (was.ExternalTrafficPolicy != now.ExternalTrafficPolicy)
        {
            return Told("ExternalTrafficPolicy", was.ExternalTrafficPolicy, now.ExternalTrafficPolicy);
        }

        if (was.HealthCheckNodePort != now.HealthCheckNodePort)
        {
            return Told("HealthCheckNodePort", Number(was.HealthCheckNodePort), Number(now.HealthCheckNodePort));
        }

        return new(NeedsUpdate: false);
    }

    // Where a port leads to inside the cluster is nothing to a load balancer.
    private static bool SamePorts(ServiceSpec was, ServiceSpec now) => was.Ports.Length == now.Ports.Length
        && was.Ports.Zip(now.Ports).All(static pair => pair.First.Name == pair.Second.Name
            && pair.First.Protocol == pair.Second.Protocol
            && pair.First.Port == pair.Second.Port
            && pair.First.NodePort == pair.Second.NodePort);

    private static LoadBalancerChange Told(string reason, string was, string now) => new(NeedsUpdate: true, (reason, $"{was} -> {now}"));

    private static string List(IEnumerable<string> items) => $"[{string.Join(' ', items)}]";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
