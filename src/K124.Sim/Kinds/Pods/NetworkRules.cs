using System.Net;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of what pods say about name resolution.</summary>
internal static class NetworkRules
{
    private const int MostNameservers = 3;
    private const int MostSearches = 6;
    private const int LongestSearches = 256;

    /// <summary>Checks the policy of name resolution.</summary>
    public static void Policy(string policy, FieldPath path, FieldErrors errors)
    {
        if (policy.Length == 0)
        {
            errors.Required(path);
        }
        else if (policy is not ("ClusterFirstWithHostNet" or "ClusterFirst" or "Default" or "None"))
        {
            errors.NotSupported(path, policy, "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
        }
    }

    /// <summary>Checks the settings of name resolution.</summary>
    public static void Config(JsonObject? config, string policy, FieldPath path, FieldErrors errors)
    {
        if (policy == "None")
        {
            if (config is null)
            {
                errors.Required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }

            if (config.Count("nameservers") == 0)
            {
                errors.Required(path.Child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }

        if (config is not null)
        {
            Nameservers(config, path.Child("nameservers"), errors);
            Searches(config, path.Child("searches"), errors);
            var index = 0;
            foreach (var option in config.Objects("options"))
            {
                if (option.Text("name").Length == 0)
                {
                    errors.Required(path.Child("options").Index(index), "must not be empty");
                }

                index++;
            }
        }
    }

    /// <summary>Checks entries of the hosts file; their paths lack the index.</summary>
    public static void HostAliases(JsonObjects aliases, FieldPath path, FieldErrors errors)
    {
        foreach (var alias in aliases)
        {
            if (!IsAddress(alias.Text("ip")))
            {
                errors.Invalid(path.Child("ip"), alias.Text("ip"), "must be valid IP address");
            }

            foreach (var name in alias.Texts("hostnames"))
            {
                errors.InvalidAll(path.Child("hostnames"), name, NameRules.Subdomain(name));
            }
        }
    }

    /// <summary>Whether a text is an address as Go reads it: leading zeros are dropped, nothing else is forgiven.</summary>
    public static bool IsAddress(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal)
                && !text.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(text, out _);
        }

        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(part => part.Length > 0 && part.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
            && part.TrimStart('0').Length <= 3 && (part.TrimStart('0') is not { Length: > 0 } digits || int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) <= 255));
    }

    private static void Nameservers(JsonObject config, FieldPath path, FieldErrors errors)
    {
        var servers = config.Texts("nameservers");
        if (servers.Count > MostNameservers)
        {
            errors.InvalidValue(path, config["nameservers"], $"must not have more than {MostNameservers} nameservers");
        }

        for (var i = 0; i < servers.Count; i++)
        {
            if (!IsAddress(servers[i]))
            {
                errors.Invalid(path.Index(i), servers[i], "must be valid IP address");
            }
        }
    }

    private static void Searches(JsonObject config, FieldPath path, FieldErrors errors)
    {
        var searches = config.Texts("searches");
        if (searches.Count > MostSearches)
        {
            errors.InvalidValue(path, config["searches"], $"must not have more than {MostSearches} search paths");
        }

        if (string.Join(' ', searches).Length > LongestSearches)
        {
            errors.InvalidValue(path, config["searches"], $"must not have more than {LongestSearches} characters (including spaces) in the search list");
        }

        for (var i = 0; i < searches.Count; i++)
        {
            var name = searches[i].EndsWith('.') ? searches[i][..^1] : searches[i];
            errors.InvalidAll(path.Index(i), name, NameRules.Subdomain(name));
        }
    }
}
