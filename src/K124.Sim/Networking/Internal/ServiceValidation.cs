using System.Collections.Immutable;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Networking.Internal;

/// <summary>The part of 1.24's validation of Services that concerns types, addresses, families and node ports.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/core/validation.</remarks>
internal static class ServiceValidation
{
    private const int KubeletPort = 10250;
    private const string MayNotChange = "may not change once set";
    private const string OnlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";
    private const string NotForExternalName = "may not be set for ExternalName services";

    /// <summary>Cluster IPs, families and policy among themselves.</summary>
    public static void CheckAddresses(ServiceSpec spec, FieldErrors errors)
    {
        if (spec.Type == ServiceSpecs.ExternalName)
        {
            return;
        }

        var ips = spec.ClusterIPs;
        if (spec.ClusterIP.Length > 0 && ips.IsEmpty)
        {
            errors.Required("spec.clusterIPs");
        }
        else if (spec.ClusterIP.Length > 0 && ips[0] != spec.ClusterIP)
        {
            errors.InvalidPrinted("spec.clusterIPs", GoText.Strings(ips), "first value must match `clusterIP`");
        }
        else if (spec.ClusterIP.Length == 0 && !ips.IsEmpty)
        {
            errors.InvalidPrinted("spec.clusterIPs", GoText.Strings(ips), "must be empty when `clusterIP` is not specified");
        }

        CheckFamilies(spec, errors);
        if (!CheckSyntax(ips, errors))
        {
            return;
        }

        if (ips.Length > 1 && ips.Select(ServiceSpecs.FamilyOf).Distinct(StringComparer.Ordinal).Count() < 2)
        {
            errors.InvalidPrinted("spec.clusterIPs", GoText.Strings(ips), "may specify no more than one IP for each IP family");
        }

        for (var i = 0; !spec.IsHeadlessAlone() && i < Math.Min(ips.Length, spec.IPFamilies.Length); i++)
        {
            var family = spec.IPFamilies[i];
            if (family is ServiceSpecs.IPv4 or ServiceSpecs.IPv6 && family != ServiceSpecs.FamilyOf(ips[i]))
            {
                errors.Invalid($"spec.clusterIPs[{i}]", ips[i], $"expected an {family} value as indicated by `ipFamilies[{i}]`");
            }
        }
    }

    /// <summary>What an update may not change.</summary>
    public static void CheckUpdate(ServiceSpec spec, ServiceSpec old, FieldErrors errors)
    {
        if (spec.Type != ServiceSpecs.ExternalName && old.Type != ServiceSpecs.ExternalName)
        {
            CheckIPsKept(spec, old, errors);
            CheckFamiliesKept(spec, old, errors);
        }

        if (spec.Type == ServiceSpecs.LoadBalancer && old.Type == ServiceSpecs.LoadBalancer && spec.LoadBalancerClass != old.LoadBalancerClass)
        {
            errors.Invalid("spec.loadBalancerClass", spec.LoadBalancerClass ?? "null", MayNotChange);
        }

        CheckClass(spec, errors);
        if (spec.NeedsHealthCheck() && old.NeedsHealthCheck() && spec.HealthCheckNodePort != old.HealthCheckNodePort)
        {
            errors.Forbidden("spec.healthCheckNodePort", "field is immutable");
        }
    }

    /// <summary>The rules that hold for every Service.</summary>
    public static void Check(ServiceSpec spec, FieldErrors errors)
    {
        if (spec.Ports.IsEmpty && !spec.IsHeadlessAlone() && spec.Type != ServiceSpecs.ExternalName)
        {
            errors.Required("spec.ports");
        }

        CheckType(spec, errors);
        ServiceSyntaxRules.Ports(spec, errors);
        ServiceSyntaxRules.Selector(spec, errors);
        CheckAffinity(spec, errors);
        CheckAddresses(spec, errors);
        ServiceSyntaxRules.ExternalIPs(spec, errors);
        CheckNodePorts(spec, errors);
        ServiceSyntaxRules.DistinctPorts(spec, errors);
        ServiceSyntaxRules.SourceRanges(spec, errors);
        CheckLoadBalancer(spec, errors);
        CheckTrafficPolicies(spec, errors);
    }

    private static void CheckFamilies(ServiceSpec spec, FieldErrors errors)
    {
        for (var i = 0; i < spec.IPFamilies.Length; i++)
        {
            var family = spec.IPFamilies[i];
            if (family is not (ServiceSpecs.IPv4 or ServiceSpecs.IPv6))
            {
                errors.NotSupported($"spec.ipFamilies[{i}]", family, ServiceSpecs.IPv4, ServiceSpecs.IPv6);
            }

            if (spec.IPFamilies.IndexOf(family) < i)
            {
                errors.Duplicate($"spec.ipFamilies[{i}]", family);
            }
        }

        if (spec.IPFamilyPolicy is { } policy and not (ServiceSpecs.PreferDualStack or ServiceSpecs.RequireDualStack or ServiceSpecs.SingleStack))
        {
            errors.NotSupported(
                "spec.ipFamilyPolicy", policy, ServiceSpecs.PreferDualStack, ServiceSpecs.RequireDualStack, ServiceSpecs.SingleStack);
        }
    }

    // Returns false if an address is malformed, so that nothing can be said of families.
    private static bool CheckSyntax(ImmutableArray<string> ips, FieldErrors errors)
    {
        var isReadable = true;
        for (var i = 0; i < ips.Length; i++)
        {
            if (i == 0 && ips[i] == ServiceSpecs.None)
            {
                if (ips.Length > 1)
                {
                    isReadable = false;
                    errors.InvalidPrinted("spec.clusterIPs", GoText.Strings(ips), "'None' must be the first and only value");
                }
            }
            else if (!ServiceIP.TryParse(ips[i], out _))
            {
                isReadable = false;
                errors.Invalid($"spec.clusterIPs[{i}]", ips[i], "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
        }

        if (ips.Length > 2)
        {
            errors.InvalidPrinted("spec.clusterIPs", GoText.Strings(ips), "may only hold up to 2 values");
        }

        return isReadable;
    }

    private static void CheckIPsKept(ServiceSpec spec, ServiceSpec old, FieldErrors errors)
    {
        var (ips, oldIPs) = (spec.ClusterIPs, old.ClusterIPs);
        if (old.IsHeadlessAlone() && spec.IsHeadlessAlone())
        {
            return;
        }

        var compared = ips.Length == oldIPs.Length ? ips.Length : Math.Min(1, Math.Min(ips.Length, oldIPs.Length));
        if (ips.IsEmpty && !oldIPs.IsEmpty)
        {
            errors.InvalidPrinted("spec.clusterIPs[0]", GoText.Strings(ips), "primary clusterIP can not be unset");
        }

        for (var i = 0; i < compared; i++)
        {
            if (ips[i] != oldIPs[i])
            {
                errors.InvalidPrinted($"spec.clusterIPs[{i}]", GoText.Strings(ips), MayNotChange);
            }
        }

        if (oldIPs.Length > ips.Length && ips.Length == 1 && spec.IPFamilyPolicy != ServiceSpecs.SingleStack)
        {
            errors.InvalidPrinted("spec.ipFamilyPolicy", ShownPolicy(spec), "must be set to 'SingleStack' when releasing the secondary clusterIP");
        }
    }

    private static void CheckFamiliesKept(ServiceSpec spec, ServiceSpec old, FieldErrors errors)
    {
        const string FamilyType = "core.IPFamily";
        var (families, oldFamilies) = (spec.IPFamilies, old.IPFamilies);
        if (old.IsHeadlessAlone() || spec.IsHeadlessAlone())
        {
            return;
        }

        if (families.Length < oldFamilies.Length && spec.ClusterIPs.IsEmpty)
        {
            errors.InvalidPrinted("spec.ipFamilies[0]", GoText.Strings(families, FamilyType), "primary ipFamily can not be unset");
        }

        var compared = families.Length == oldFamilies.Length ? families.Length : Math.Min(1, Math.Min(families.Length, oldFamilies.Length));
        for (var i = 0; i < compared; i++)
        {
            if (families[i] != oldFamilies[i])
            {
                errors.InvalidPrinted("spec.ipFamilies[0]", GoText.Strings(families, FamilyType), MayNotChange);
            }
        }

        if (oldFamilies.Length > families.Length && families.Length == 1 && spec.IPFamilyPolicy != ServiceSpecs.SingleStack)
        {
            errors.InvalidPrinted("spec.ipFamilyPolicy", ShownPolicy(spec), "must be set to 'SingleStack' when releasing the secondary ipFamily");
        }
    }

    private static void CheckType(ServiceSpec spec, FieldErrors errors)
    {
        switch (spec.Type)
        {
            case ServiceSpecs.LoadBalancer or ServiceSpecs.NodePort:
                for (var i = 0; spec.Type == ServiceSpecs.LoadBalancer && i < spec.Ports.Length; i++)
                {
                    if (spec.Ports[i].Port == KubeletPort)
                    {
                        errors.Invalid($"spec.ports[{i}]", KubeletPort, $"may not expose port {KubeletPort} externally since it is used by kubelet");
                    }
                }

                if (spec.IsHeadlessAlone())
                {
                    errors.Invalid("spec.clusterIPs[0]", ServiceSpecs.None, $"may not be set to 'None' for {spec.Type} services");
                }

                break;
            case ServiceSpecs.ExternalName:
                CheckExternalName(spec, errors);
                break;
            case ServiceSpecs.ClusterIP:
                break;
            default:
                errors.NotSupported(
                    "spec.type", spec.Type, ServiceSpecs.ClusterIP, ServiceSpecs.ExternalName, ServiceSpecs.LoadBalancer, ServiceSpecs.NodePort);
                break;
        }
    }

    private static void CheckAffinity(ServiceSpec spec, FieldErrors errors)
    {
        const int MostSeconds = 86_400;
        const string Path = "spec.sessionAffinityConfig.clientIP.timeoutSeconds";
        switch (spec.SessionAffinity)
        {
            case ServiceSpecs.None when spec.SessionAffinityConfig is not null:
                errors.Forbidden("spec.sessionAffinityConfig", "must not be set when session affinity is None");
                break;
            case ServiceSpecs.None:
                break;
            case ServiceSpecs.ClientIP when spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is var seconds && (seconds is null or <= 0 or > MostSeconds):
                errors.Invalid(Path, seconds ?? 0, $"must be greater than 0 and less than {MostSeconds}");
                break;
            case ServiceSpecs.ClientIP:
                break;
            default:
                errors.NotSupported("spec.sessionAffinity", spec.SessionAffinity, ServiceSpecs.ClientIP, ServiceSpecs.None);
                break;
        }
    }

    private static void CheckExternalName(ServiceSpec spec, FieldErrors errors)
    {
        if (!spec.ClusterIPs.IsEmpty)
        {
            errors.Forbidden("spec.clusterIPs", NotForExternalName);
        }

        if (!spec.IPFamilies.IsEmpty)
        {
            errors.Forbidden("spec.ipFamilies", NotForExternalName);
        }

        if (spec.IPFamilyPolicy is not null)
        {
            errors.Forbidden("spec.ipFamilyPolicy", NotForExternalName);
        }

        var name = spec.ExternalName.EndsWith('.') ? spec.ExternalName[..^1] : spec.ExternalName;
        if (name.Length == 0)
        {
            errors.Required("spec.externalName");
        }
        else
        {
            errors.InvalidAll("spec.externalName", name, NameRules.Subdomain(name));
        }
    }

    private static void CheckNodePorts(ServiceSpec spec, FieldErrors errors)
    {
        for (var i = 0; i < spec.Ports.Length; i++)
        {
            if (spec.Type == ServiceSpecs.ClusterIP && spec.Ports[i].NodePort != 0)
            {
                errors.Forbidden($"spec.ports[{i}].nodePort", "may not be used when `type` is 'ClusterIP'");
            }
        }

        var seen = new HashSet<(string Protocol, int NodePort)>();
        for (var i = 0; i < spec.Ports.Length; i++)
        {
            var port = spec.Ports[i];
            if (port.NodePort != 0 && !seen.Add((port.Protocol, port.NodePort)))
            {
                errors.DuplicateValue($"spec.ports[{i}].nodePort", port.NodePort);
            }
        }
    }

    private static void CheckLoadBalancer(ServiceSpec spec, FieldErrors errors)
    {
        if (spec.Type != ServiceSpecs.LoadBalancer && spec.AllocateLoadBalancerNodePorts is not null)
        {
            errors.Forbidden("spec.allocateLoadBalancerNodePorts", OnlyLoadBalancer);
        }

        CheckClass(spec, errors);
    }

    private static void CheckClass(ServiceSpec spec, FieldErrors errors)
    {
        const string Path = "spec.loadBalancerClass";
        if (spec.LoadBalancerClass is not { } name)
        {
            return;
        }

        if (spec.Type == ServiceSpecs.LoadBalancer)
        {
            errors.InvalidAll(Path, name, NameRules.QualifiedName(name));
        }
        else
        {
            errors.Forbidden(Path, OnlyLoadBalancer);
        }
    }

    private static void CheckTrafficPolicies(ServiceSpec spec, FieldErrors errors)
    {
        if (!spec.NeedsNodePort() && spec.ExternalTrafficPolicy.Length > 0)
        {
            errors.Invalid(
                "spec.externalTrafficPolicy",
                spec.ExternalTrafficPolicy,
                "may only be set when `type` is 'NodePort' or 'LoadBalancer'");
        }
        else if (spec.NeedsNodePort() && spec.ExternalTrafficPolicy is not ("Cluster" or "Local"))
        {
            errors.NotSupported("spec.externalTrafficPolicy", spec.ExternalTrafficPolicy, "Cluster", "Local");
        }

        if (!spec.NeedsHealthCheck() && spec.HealthCheckNodePort != 0)
        {
            errors.Invalid(
                "spec.healthCheckNodePort",
                spec.HealthCheckNodePort,
                "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }

        if (spec.InternalTrafficPolicy is { } policy and not ("Cluster" or "Local"))
        {
            errors.NotSupported("spec.internalTrafficPolicy", policy, "Cluster", "Local");
        }
    }

    private static string ShownPolicy(ServiceSpec spec) => spec.IPFamilyPolicy is { } policy ? GoText.Quote(policy) : "null";
}
