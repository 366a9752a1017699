using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Rules of which requests a flow schema is for.</summary>
internal static class FlowSchemaRules
{
    private const string All = "*";
    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];
    private static readonly (string Kind, string Member)[] Subjects = [("ServiceAccount", "serviceAccount"), ("User", "user"), ("Group", "group")];

    /// <summary>Checks one rule.</summary>
    public static void Rule(JsonObject rule, FieldPath path, FieldErrors errors)
    {
        var subjects = rule.Objects("subjects");
        if (subjects.Count == 0)
        {
            errors.Required(path.Child("subjects"), "subjects must contain at least one value");
        }

        for (var i = 0; i < subjects.Count; i++)
        {
            Subject(subjects[i], path.Child("subjects").Index(i), errors);
        }

        var resources = rule.Objects("resourceRules");
        var others = rule.Objects("nonResourceRules");
        if (resources.Count == 0 && others.Count == 0)
        {
            errors.Required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
        }

        for (var i = 0; i < resources.Count; i++)
        {
            Resources(resources[i], path.Child("resourceRules").Index(i), errors);
        }

        for (var i = 0; i < others.Count; i++)
        {
            NonResources(others[i], path.Child("nonResourceRules").Index(i), errors);
        }
    }

    private static void Subject(JsonObject subject, FieldPath path, FieldErrors errors)
    {
        var kind = subject.Text("kind");
        if (!Subjects.Any(known => known.Kind == kind))
        {
            errors.NotSupported(path.Child("kind"), kind, "Group", "ServiceAccount", "User");
            return;
        }

        foreach (var (known, member) in Subjects.OrderBy(entry => entry.Kind != kind))
        {
            var place = path.Child(member);
            if (known != kind)
            {
                if (subject.Has(member))
                {
                    errors.Forbidden(place, $"{member} is forbidden when subject kind is not '{known}'");
                }
            }
            else if (subject.Object(member) is { } named)
            {
                Named(named, known, place, errors);
            }
            else
            {
                errors.Required(place, $"{member} is required when subject kind is '{known}'");
            }
        }
    }

    private static void Named(JsonObject named, string kind, FieldPath path, FieldErrors errors)
    {
        var name = named.Text("name");
        if (name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else if (kind == "ServiceAccount" && name != All)
        {
            errors.InvalidAll(path.Child("name"), name, NameRules.Subdomain(name));
        }

        if (kind != "ServiceAccount")
        {
            return;
        }

        var ns = named.Text("namespace");
        if (ns.Length == 0)
        {
            errors.Required(path.Child("namespace"), "must specify namespace for service account");
        }
        else
        {
            errors.InvalidAll(path.Child("namespace"), ns, NameRules.DnsLabel(ns));
        }
    }

    private static void Resources(JsonObject rule, FieldPath path, FieldErrors errors)
    {
        VerbNames(rule, path.Child("verbs"), errors);
        Filled(rule, "apiGroups", "resource rules must supply at least one api group", "api groups", path, errors);
        Filled(rule, "resources", "resource rules must supply at least one resource", "resources", path, errors);
        Namespaces(rule, path.Child("namespaces"), errors);
    }

    private static void VerbNames(JsonObject rule, FieldPath path, FieldErrors errors)
    {
        var verbs = rule.Texts("verbs");
        if (verbs.Count == 0)
        {
            errors.Required(path, "verbs must contain at least one value");
        }
        else if (verbs.Contains(All))
        {
            if (verbs.Count > 1)
            {
                errors.InvalidValue(path, rule["verbs"], "if '*' is present, must not specify other verbs");
            }
        }
        else if (!verbs.All(Verbs.Contains))
        {
            errors.NotSupportedPrinted(path, GoSyntax.Print(rule["verbs"]), Verbs);
        }
    }

    private static void Filled(JsonObject rule, string member, string needed, string words, FieldPath path, FieldErrors errors)
    {
        var entries = rule.Texts(member);
        if (entries.Count == 0)
        {
            errors.Required(path.Child(member), needed);
        }
        else if (entries.Count > 1 && entries.Contains(All))
        {
            errors.InvalidValue(path.Child(member), rule[member], $"if '*' is present, must not specify other {words}");
        }
    }

    private static void Namespaces(JsonObject rule, FieldPath path, FieldErrors errors)
    {
        var namespaces = rule.Texts("namespaces");
        if (namespaces.Count == 0)
        {
            if (!rule.Flag("clusterScope"))
            {
                errors.Required(path, "resource rules that are not cluster scoped must supply at least one namespace");
            }
        }
        else if (namespaces.Contains(All))
        {
            if (namespaces.Count > 1)
            {
                errors.InvalidValue(path, rule["namespaces"], "if '*' is present, must not specify other namespaces");
            }
        }
        else
        {
            for (var i = 0; i < namespaces.Count; i++)
            {
                foreach (var wrong in NameRules.DnsLabel(namespaces[i]))
                {
                    errors.Invalid(path.Index(i), namespaces[i], $"each member of this list must be '*' or a DNS-1123 label; {wrong}");
                }
            }
        }
    }

    private static void NonResources(JsonObject rule, FieldPath path, FieldErrors errors)
    {
        VerbNames(rule, path.Child("verbs"), errors);
        Filled(rule, "nonResourceURLs", "nonResourceURLs must contain at least one value", "non-resource URLs", path, errors);
        var urls = rule.Texts("nonResourceURLs");
        if (urls.Contains(All))
        {
            return;
        }

        for (var i = 0; i < urls.Count; i++)
        {
            if (UrlError(urls[i]) is { } wrong)
            {
                errors.Invalid(path.Child("nonResourceURLs").Index(i), urls[i], wrong);
            }
        }
    }

    private static string? UrlError(string url) => url switch
    {
        "" => "must not be empty",
        "/" => null,
        _ when !url.StartsWith('/') => "must start with slash",
        _ when url.Contains(' ', StringComparison.Ordinal) => "must not contain white-space",
        _ when url.Contains("//", StringComparison.Ordinal) => "must not contain double slash",
        _ when url.Contains('*', StringComparison.Ordinal) && url.IndexOf("/*", StringComparison.Ordinal) != url.Length - 2 => "wildcard can only do suffix matching",
        _ when url.IndexOf('*', StringComparison.Ordinal) is >= 0 and var at && at != url.Length - 1 => "wildcard can only do suffix matching",
        _ => null,
    };
}
