using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Networking.Internal;

/// <summary>Rules of Services that look at one member at a time.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/core/validation.</remarks>
internal static class ServiceSyntaxRules
{
    private const int LargestPort = 65535;

    /// <summary>Checks the ports.</summary>
    public static void Ports(ServiceSpec spec, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Ports.Length; i++)
        {
            var path = FieldPath.Of("spec.ports").Index(i);
            Name(spec.Ports[i].Name, spec.Ports.Length > 1, names, path.Child("name"), errors);
            Port(spec.Ports[i], path, errors);
        }
    }

    /// <summary>Refuses a port of a protocol that is there twice.</summary>
    public static void DistinctPorts(ServiceSpec spec, FieldErrors errors)
    {
        var seen = new HashSet<(string Protocol, int Port)>();
        for (var i = 0; i < spec.Ports.Length; i++)
        {
            var (protocol, port) = (spec.Ports[i].Protocol, spec.Ports[i].Port);
            if (!seen.Add((protocol, port)))
            {
                errors.Add(new(
                    FieldErrorType.Duplicate, $"spec.ports[{i}]",
                    $"core.ServicePort{{Name:\"\", Protocol:{GoText.Quote(protocol)}, AppProtocol:(*string)(nil), Port:{port}, "
                    + "TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}, NodePort:0}", ""));
            }
        }
    }

    /// <summary>Checks the labels that pods are selected by.</summary>
    public static void Selector(ServiceSpec spec, FieldErrors errors)
    {
        foreach (var (key, value) in spec.Selector ?? StringMap<string>.Empty)
        {
            errors.InvalidAll("spec.selector", key, NameRules.QualifiedName(key));
            errors.InvalidAll("spec.selector", value, NameRules.LabelValue(value));
        }
    }

    /// <summary>Checks addresses that others route to the nodes.</summary>
    public static void ExternalIPs(ServiceSpec spec, FieldErrors errors)
    {
        for (var i = 0; i < spec.ExternalIPs.Length; i++)
        {
            var path = FieldPath.Of("spec.externalIPs").Index(i);
            if (IPText.TryParse(spec.ExternalIPs[i], out _))
            {
                AddressRules.NonSpecialIP(spec.ExternalIPs[i], path, errors);
            }
            else
            {
                AddressRules.IP(spec.ExternalIPs[i], path, errors);
            }
        }
    }

    /// <summary>Checks the ranges that a load balancer lets in.</summary>
    public static void SourceRanges(ServiceSpec spec, FieldErrors errors)
    {
        const string Path = "spec.LoadBalancerSourceRanges";
        var ranges = spec.LoadBalancerSourceRanges;
        if (ranges.IsEmpty)
        {
            return;
        }

        if (spec.Type != ServiceSpecs.LoadBalancer)
        {
            errors.Forbidden(Path, "may only be used when `type` is 'LoadBalancer'");
        }

        if (ranges.Any(range => !IPText.TryParseCidr(range.Trim(), out _, out _)))
        {
            errors.Invalid(Path, $"[{string.Join(' ', ranges)}]", "must be a list of IP ranges. For example, 10.240.0.0/24,10.250.0.0/24 ");
        }
    }

    private static void Name(string name, bool isNeeded, HashSet<string> seen, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            if (isNeeded)
            {
                errors.Required(path);
            }

            return;
        }

        errors.InvalidAll(path, name, NameRules.DnsLabel(name));
        if (!seen.Add(name))
        {
            errors.Duplicate(path, name);
        }
    }

    private static void Port(ServicePort port, FieldPath path, FieldErrors errors)
    {
        errors.InRange(path.Child("port"), port.Port, 1, LargestPort);
        PortRules.Protocol(port.Protocol, path.Child("protocol"), errors);
        var target = path.Child("targetPort");
        if (port.TargetPort?.Text is { } name)
        {
            errors.InvalidAll(target, name, NameRules.PortName(name));
        }
        else
        {
            errors.InRange(target, port.TargetPort?.Number ?? 0, 1, LargestPort);
        }

        PortRules.AppProtocol(port.AppProtocol, path.Child("appProtocol"), errors);
    }
}
