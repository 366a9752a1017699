using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>Rules of IP addresses and of names in DNS.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/util/validation and pkg/apis/core/validation.</remarks>
internal static class AddressRules
{
    /// <summary>Refuses what is no IP address.</summary>
    public static void IP(string address, FieldPath path, FieldErrors errors)
    {
        if (!IPText.TryParse(address, out _))
        {
            errors.Invalid(path, address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
    }

    /// <summary>Refuses addresses that reach no single other machine.</summary>
    public static void NonSpecialIP(string address, FieldPath path, FieldErrors errors)
    {
        if (!IPText.TryParse(address, out var ip))
        {
            errors.Invalid(path, address, "must be a valid IP address");
            return;
        }

        if (ip.IsUnspecified)
        {
            errors.Invalid(path, address, "may not be unspecified (0.0.0.0)");
        }

        if (ip.IsLoopback)
        {
            errors.Invalid(path, address, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }

        if (ip.IsLinkLocalUnicast)
        {
            errors.Invalid(path, address, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }

        if (ip.IsLinkLocalMulticast)
        {
            errors.Invalid(path, address, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    /// <summary>Refuses what is no address of a family.</summary>
    public static void IPOfFamily(string address, bool isV4, FieldPath path, FieldErrors errors)
    {
        if (!IPText.TryParse(address, out var ip) || ip.IsV4 != isV4)
        {
            errors.Invalid(path, address, isV4 ? "must be a valid IPv4 address" : "must be a valid IPv6 address");
        }
    }

    /// <summary>Refuses a host name that is an IP address.</summary>
    public static void NotIP(string host, FieldPath path, FieldErrors errors)
    {
        if (IPText.TryParse(host, out _))
        {
            errors.Invalid(path, host, "must be a DNS name, not an IP address");
        }
    }

    /// <summary>Checks a name of at least a number of segments, such as <c>a.example.com</c>.</summary>
    public static void QualifiedDomain(string name, int segments, FieldPath path, FieldErrors errors)
    {
        var wrong = NameRules.Subdomain(name);
        if (name.Length == 0)
        {
            errors.Required(path);
        }
        else if (wrong.Length > 0)
        {
            errors.Invalid(path, name, string.Join(",", wrong));
        }
        else if (name.Count(letter => letter == '.') < segments - 1)
        {
            errors.Invalid(path, name, $"should be a domain with at least {(segments == 2 ? "two" : "three")} segments separated by dots");
        }
    }

    /// <summary>Checks addresses and host names that a load balancer gave.</summary>
    public static void LoadBalancer(JsonObject? status, FieldPath path, FieldErrors errors)
    {
        var index = 0;
        foreach (var ingress in status.Objects("ingress"))
        {
            var place = path.Child("ingress").Index(index++);
            if (ingress.Text("ip") is { Length: > 0 } ip && !IPText.TryParse(ip, out _))
            {
                errors.Invalid(place.Child("ip"), ip, "must be a valid IP address");
            }

            if (ingress.Text("hostname") is { Length: > 0 } host)
            {
                errors.InvalidAll(place.Child("hostname"), host, NameRules.Subdomain(host));
                NotIP(host, place.Child("hostname"), errors);
            }
        }
    }
}
