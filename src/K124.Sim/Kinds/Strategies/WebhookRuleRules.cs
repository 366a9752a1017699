using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Rules of what a webhook is called for.</summary>
internal static class WebhookRuleRules
{
    private const string All = "*";
    private const string AllWithSubresources = "*/*";

    /// <summary>Checks one rule of a webhook.</summary>
    public static void Rule(JsonObject rule, FieldPath path, FieldErrors errors)
    {
        Filled(rule, "operations", "operations", path, errors);
        var operations = rule.Texts("operations");
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i] is not (All or "CONNECT" or "CREATE" or "DELETE" or "UPDATE"))
            {
                errors.NotSupported(path.Child("operations").Index(i), operations[i], All, "CONNECT", "CREATE", "DELETE", "UPDATE");
            }
        }

        Filled(rule, "apiGroups", "API groups", path, errors);
        Filled(rule, "apiVersions", "API versions", path, errors);
        var versions = rule.Texts("apiVersions");
        for (var i = 0; i < versions.Count; i++)
        {
            if (versions[i].Length == 0)
            {
                errors.Required(path.Child("apiVersions").Index(i));
            }
        }

        Resources(rule, path.Child("resources"), errors);
        if (rule.TextOrNull("scope") is { } scope and not (All or "Cluster" or "Namespaced"))
        {
            errors.NotSupported(path.Child("scope"), scope, All, "Cluster", "Namespaced");
        }
    }

    private static void Filled(JsonObject rule, string member, string words, FieldPath path, FieldErrors errors)
    {
        var entries = rule.Texts(member);
        if (entries.Count == 0)
        {
            errors.Required(path.Child(member));
        }
        else if (entries.Count > 1 && entries.Contains(All))
        {
            errors.InvalidValue(path.Child(member), rule[member], $"if '*' is present, must not specify other {words}");
        }
    }

    private static void Resources(JsonObject rule, FieldPath path, FieldErrors errors)
    {
        var resources = rule.Texts("resources");
        if (resources.Count == 0)
        {
            errors.Required(path);
        }

        var allOf = new HashSet<string>(StringComparer.Ordinal);
        var inAll = new HashSet<string>(StringComparer.Ordinal);
        var isLastPlain = false;
        for (var i = 0; i < resources.Count; i++)
        {
            var resource = resources[i];
            var slash = resource.IndexOf('/', StringComparison.Ordinal);
            if (resource.Length == 0)
            {
                errors.Required(path.Index(i));
            }
            else if (slash < 0)
            {
                // Only the last name without a slash decides, as in 1.24.
                isLastPlain = resource != All;
            }
            else
            {
                Subresource(resource, resource[..slash], resource[(slash + 1)..], allOf, inAll, path.Index(i), errors);
            }
        }

        if (resources.Count > 1 && resources.Contains(AllWithSubresources))
        {
            errors.InvalidValue(path, rule["resources"], "if '*/*' is present, must not specify other resources");
        }

        if (resources.Contains(All) && isLastPlain)
        {
            errors.InvalidValue(path, rule["resources"], "if '*' is present, must not specify other resources without subresources");
        }
    }

    private static void Subresource(
        string whole, string resource, string subresource, HashSet<string> allOf, HashSet<string> inAll, FieldPath path, FieldErrors errors)
    {
        if (allOf.Contains(resource))
        {
            errors.Invalid(path, whole, $"if '{resource}/*' is present, must not specify {whole}");
        }

        if (inAll.Contains(subresource))
        {
            errors.Invalid(path, whole, $"if '*/{subresource}' is present, must not specify {whole}");
        }

        if (subresource == All)
        {
            allOf.Add(resource);
        }

        if (resource == All)
        {
            inAll.Add(subresource);
        }
    }
}
