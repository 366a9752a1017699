using K124.Sim.Model;

namespace K124.Sim.Networking.Internal;

/// <summary>Fields that 1.24 fills in by itself: from a request alone, on reading an old object, and from the object that a
/// request replaces.</summary>
internal static class ServiceDefaults
{
    private const int DefaultAffinitySeconds = 10_800;

    /// <summary>Fills in what a request leaves out.</summary>
    public static ServiceSpec OfRequest(ServiceSpec spec)
    {
        var type = spec.Type.Length == 0 ? ServiceSpecs.ClusterIP : spec.Type;
        return spec with
        {
            Type = type,
            SessionAffinity = spec.SessionAffinity.Length == 0 ? ServiceSpecs.None : spec.SessionAffinity,
            SessionAffinityConfig = spec.SessionAffinity switch
            {
                "" or ServiceSpecs.None => null,
                ServiceSpecs.ClientIP when spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is null => new() { ClientIP = new() { TimeoutSeconds = DefaultAffinitySeconds } },
                _ => spec.SessionAffinityConfig,
            },
            Ports = [.. spec.Ports.Select(OfPort)],
            ExternalTrafficPolicy = spec.ExternalTrafficPolicy.Length == 0 && type is ServiceSpecs.NodePort or ServiceSpecs.LoadBalancer
                ? "Cluster"
                : spec.ExternalTrafficPolicy,
            InternalTrafficPolicy = spec.InternalTrafficPolicy
                ?? (type is ServiceSpecs.ClusterIP or ServiceSpecs.NodePort or ServiceSpecs.LoadBalancer ? "Cluster" : null),
            AllocateLoadBalancerNodePorts = spec.AllocateLoadBalancerNodePorts ?? (type == ServiceSpecs.LoadBalancer ? true : null),
        };
    }

    /// <summary>Fills in what an object lacks that was stored before the fields existed.</summary>
    public static ServiceSpec OnRead(ServiceSpec spec, string defaultFamily)
    {
        if (spec.ClusterIP.Length > 0 && spec.ClusterIPs.IsEmpty)
        {
            spec = spec with { ClusterIPs = [spec.ClusterIP] };
        }

        if (spec.Type == ServiceSpecs.ExternalName)
        {
            // It may have kept an address that it does not hold.
            return spec with { InternalTrafficPolicy = null };
        }

        if (!spec.IPFamilies.IsEmpty || spec.ClusterIPs.IsEmpty)
        {
            return spec;
        }

        if (!spec.IsHeadless())
        {
            return spec with
            {
                IPFamilies = [.. spec.ClusterIPs.Select(ServiceSpecs.FamilyOf)],
                IPFamilyPolicy = spec.IPFamilyPolicy ?? (spec.ClusterIPs.Length == 1 ? ServiceSpecs.SingleStack : ServiceSpecs.RequireDualStack),
            };
        }

        return spec.HasSelector()
            ? spec with { IPFamilies = [defaultFamily], IPFamilyPolicy = spec.IPFamilyPolicy ?? ServiceSpecs.SingleStack }
            : spec with
            {
                IPFamilies = [defaultFamily, ServiceSpecs.OtherFamily(defaultFamily)],
                IPFamilyPolicy = spec.IPFamilyPolicy ?? ServiceSpecs.RequireDualStack,
            };
    }

    /// <summary>Takes over allocated values that an update leaves out.</summary>
    public static ServiceSpec CopyAllocated(ServiceSpec spec, ServiceSpec old)
    {
        if (old.NeedsClusterIP() && spec.NeedsClusterIP())
        {
            spec = spec with
            {
                ClusterIP = spec.ClusterIP.Length == 0 ? old.ClusterIP : spec.ClusterIP,
                ClusterIPs = spec.ClusterIPs.IsEmpty ? old.ClusterIPs : spec.ClusterIPs,
            };
        }

        if (old.NeedsNodePort() && spec.NeedsNodePort())
        {
            var kept = old.NodePorts().Intersect(spec.NodePorts()).ToHashSet();
            spec = spec with { Ports = [.. spec.Ports.Select(port => port.NodePort == 0 ? port with { NodePort = OldNodePort(port.Name) } : port)] };

            int OldNodePort(string name)
            {
                var number = old.Ports.LastOrDefault(port => port.Name == name)?.NodePort ?? 0;
                return kept.Contains(number) ? 0 : number;
            }
        }

        return old.NeedsHealthCheck() && spec.NeedsHealthCheck() && spec.HealthCheckNodePort == 0
            ? spec with { HealthCheckNodePort = old.HealthCheckNodePort }
            : spec;
    }

    /// <summary>Makes <c>clusterIP</c> and <c>clusterIPs</c> agree where the request sets one of them only.</summary>
    public static ServiceSpec NormalizeClusterIPs(ServiceSpec spec, ServiceSpec? old)
    {
        if (old is null)
        {
            return spec.ClusterIP.Length > 0 && spec.ClusterIPs.IsEmpty ? spec with { ClusterIPs = [spec.ClusterIP] } : spec;
        }

        if (spec.ClusterIP == old.ClusterIP)
        {
            return spec.ClusterIPs.IsEmpty ? spec with { ClusterIPs = old.ClusterIPs } : spec;
        }

        return !ServiceSpecs.Same(spec.ClusterIPs, old.ClusterIPs) ? spec
            : spec with { ClusterIPs = spec.ClusterIP.Length == 0 ? [] : [spec.ClusterIP] };
    }

    /// <summary>Drops values that were allocated or defaulted and no longer apply, unless the update changes them, too.</summary>
    public static ServiceSpec DropTypeDependent(ServiceSpec spec, ServiceSpec old)
    {
        if (old.NeedsClusterIP() && !spec.NeedsClusterIP())
        {
            var sameIPs = spec.ClusterIP == old.ClusterIP && ServiceSpecs.Same(spec.ClusterIPs, old.ClusterIPs);
            spec = spec with
            {
                ClusterIP = sameIPs ? "" : spec.ClusterIP,
                ClusterIPs = sameIPs ? [] : spec.ClusterIPs,
                IPFamilies = ServiceSpecs.Same(spec.IPFamilies, old.IPFamilies) ? [] : spec.IPFamilies,
                IPFamilyPolicy = spec.IPFamilyPolicy == old.IPFamilyPolicy ? null : spec.IPFamilyPolicy,
            };
        }

        if (old.NeedsNodePort() && !spec.NeedsNodePort() && !spec.NodePorts().Except(old.NodePorts()).Any())
        {
            spec = spec with { Ports = [.. spec.Ports.Select(port => port with { NodePort = 0 })] };
        }

        if (old.NeedsHealthCheck() && !spec.NeedsHealthCheck() && spec.HealthCheckNodePort == old.HealthCheckNodePort)
        {
            spec = spec with { HealthCheckNodePort = 0 };
        }

        if (old.Type == ServiceSpecs.LoadBalancer && spec.Type != ServiceSpecs.LoadBalancer)
        {
            spec = spec with
            {
                AllocateLoadBalancerNodePorts =
                    spec.AllocateLoadBalancerNodePorts == old.AllocateLoadBalancerNodePorts ? null : spec.AllocateLoadBalancerNodePorts,
                LoadBalancerClass = spec.LoadBalancerClass == old.LoadBalancerClass ? null : spec.LoadBalancerClass,
            };
        }

        return old.NeedsNodePort() && !spec.NeedsNodePort() && spec.ExternalTrafficPolicy == old.ExternalTrafficPolicy
            ? spec with { ExternalTrafficPolicy = "" }
            : spec;
    }

    private static ServicePort OfPort(ServicePort port) => port with
    {
        Protocol = port.Protocol.Length == 0 ? "TCP" : port.Protocol,
        TargetPort = port.TargetPort is null or { Number: 0 } or { Text: "" } ? new IntOrString(port.Port) : port.TargetPort,
    };
}
