using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Rules of single webhooks.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/admissionregistration/validation.</remarks>
internal static class WebhookRules
{
    private const string KnownVersions = "v1, v1beta1";

    /// <summary>Whether the server can send reviews of a version.</summary>
    public static bool IsKnownVersion(string version) => version is "v1" or "v1beta1";

    /// <summary>Checks a webhook save for its versions of reviews.</summary>
    public static void Hook(JsonObject hook, bool isMutating, bool requiresNoSideEffects, FieldPath path, FieldErrors errors)
    {
        AddressRules.QualifiedDomain(hook.Text("name"), 3, path.Child("name"), errors);
        var rules = hook.Objects("rules");
        for (var i = 0; i < rules.Count; i++)
        {
            WebhookRuleRules.Rule(rules[i], path.Child("rules").Index(i), errors);
        }

        Choice(hook, "failurePolicy", path, errors, "Fail", "Ignore");
        Choice(hook, "matchPolicy", path, errors, "Equivalent", "Exact");
        SideEffects(hook, requiresNoSideEffects, path, errors);
        if (hook.NumberOrNull("timeoutSeconds") is { } timeout and (< 1 or > 30))
        {
            errors.Invalid(path.Child("timeoutSeconds"), timeout, "the timeout value must be between 1 and 30 seconds");
        }

        LabelRules.Selector(hook.Object("namespaceSelector"), path.Child("namespaceSelector"), errors);
        LabelRules.Selector(hook.Object("objectSelector"), path.Child("objectSelector"), errors);
        if (isMutating)
        {
            Choice(hook, "reinvocationPolicy", path, errors, "IfNeeded", "Never");
        }

        WebhookClientRules.Client(hook.Object("clientConfig"), path.Child("clientConfig"), errors);
    }

    /// <summary>Checks the versions of reviews that a webhook understands.</summary>
    public static void ReviewVersions(JsonObject hook, bool requiresKnownVersion, FieldPath path, FieldErrors errors)
    {
        var versions = hook.Texts("admissionReviewVersions");
        if (versions.Count == 0)
        {
            errors.Required(path, $"must specify one of {KnownVersions}");
            return;
        }

        for (var i = 0; i < versions.Count; i++)
        {
            if (versions.Take(i).Contains(versions[i]))
            {
                errors.Invalid(path.Index(i), versions[i], "duplicate version");
            }
            else
            {
                errors.InvalidAll(path.Index(i), versions[i], NameRules.DnsLabel1035(versions[i]));
            }
        }

        if (requiresKnownVersion && !versions.Any(IsKnownVersion))
        {
            errors.InvalidValue(path, hook["admissionReviewVersions"], $"must include at least one of {KnownVersions}");
        }
    }

    private static void Choice(JsonObject hook, string member, FieldPath path, FieldErrors errors, params ReadOnlySpan<string> supported)
    {
        if (hook.TextOrNull(member) is { } value && !supported.Contains(value))
        {
            errors.NotSupported(path.Child(member), value, supported);
        }
    }

    private static void SideEffects(JsonObject hook, bool requiresNone, FieldPath path, FieldErrors errors)
    {
        ReadOnlySpan<string> allowed = requiresNone ? ["None", "NoneOnDryRun"] : ["None", "NoneOnDryRun", "Some", "Unknown"];
        var place = path.Child("sideEffects");
        if (hook.TextOrNull("sideEffects") is not { } value)
        {
            errors.Required(place, $"must specify one of {string.Join(", ", allowed.ToArray())}");
        }
        else if (!allowed.Contains(value))
        {
            errors.NotSupported(place, value, allowed);
        }
    }
}
