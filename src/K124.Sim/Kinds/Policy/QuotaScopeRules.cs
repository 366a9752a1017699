using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Policy;

/// <summary>Rules of the scopes of quotas.</summary>
internal static class QuotaScopeRules
{
    private const string ExistText = "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, "
        + "ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

    /// <summary>Checks scopes and the selector of scopes.</summary>
    public static void Scopes(JsonObject? spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Count("scopes") > 0)
        {
            List(spec!, path.Child("scopes"), errors);
        }

        if (spec.Object("scopeSelector") is { } selector)
        {
            Selector(spec!, selector, path.Child("scopeSelector", "matchExpressions"), errors);
        }
    }

    private static void List(JsonObject spec, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var scope in spec.Texts("scopes"))
        {
            if (!IsStandard(scope))
            {
                errors.InvalidValue(path, spec["scopes"], "unsupported scope");
            }

            Fits(spec, scope, path, spec["scopes"], errors);
            seen.Add(scope);
        }

        Conflicts(seen, path, spec["scopes"], errors);
    }

    private static void Selector(JsonObject spec, JsonObject selector, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var requirement in selector.Objects("matchExpressions"))
        {
            var scope = requirement.Text("scopeName");
            var operation = requirement.Text("operator");
            if (!IsStandard(scope))
            {
                errors.Invalid(path.Child("scopeName"), scope, "unsupported scope");
            }

            Fits(spec, scope, path, selector, errors);
            if (scope is "BestEffort" or "NotBestEffort" or "Terminating" or "NotTerminating" or "CrossNamespacePodAffinity" && operation != "Exists")
            {
                errors.Invalid(path.Child("operator"), operation, ExistText);
            }

            Values(requirement, operation, path, errors);
            seen.Add(scope);
        }

        Conflicts(seen, path, selector, errors);
    }

    private static void Values(JsonObject requirement, string operation, FieldPath path, FieldErrors errors)
    {
        switch (operation)
        {
            case "In" or "NotIn":
                if (requirement.Count("values") == 0)
                {
                    errors.Required(path.Child("values"), "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }

                break;
            case "Exists" or "DoesNotExist":
                if (requirement.Count("values") > 0)
                {
                    errors.InvalidValue(
                        path.Child("values"), requirement["values"], "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }

                break;
            default:
                errors.Invalid(path.Child("operator"), operation, "not a valid selector operator");
                break;
        }
    }

    private static void Fits(JsonObject spec, string scope, FieldPath path, JsonNode? printed, FieldErrors errors)
    {
        foreach (var (name, _) in spec.Object("hard") ?? [])
        {
            if (ResourceNames.IsStandardForQuota(name) && !IsFor(scope, name))
            {
                errors.InvalidValue(path, printed, "unsupported scope applied to resource");
            }
        }
    }

    private static void Conflicts(HashSet<string> scopes, FieldPath path, JsonNode? printed, FieldErrors errors)
    {
        if (scopes.Contains("BestEffort") && scopes.Contains("NotBestEffort"))
        {
            errors.InvalidValue(path, printed, "conflicting scopes");
        }

        if (scopes.Contains("Terminating") && scopes.Contains("NotTerminating"))
        {
            errors.InvalidValue(path, printed, "conflicting scopes");
        }
    }

    private static bool IsStandard(string scope) =>
        scope is "Terminating" or "NotTerminating" or "BestEffort" or "NotBestEffort" or "PriorityClass" or "CrossNamespacePodAffinity";

    private static bool IsFor(string scope, string name) => scope switch
    {
        "BestEffort" => name == "pods",
        "Terminating" or "NotTerminating" or "NotBestEffort" or "PriorityClass" or "CrossNamespacePodAffinity" =>
            name is "pods" or "cpu" or "memory" or "requests.cpu" or "requests.memory" or "limits.cpu" or "limits.memory",
        _ => true,
    };
}
