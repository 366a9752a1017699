using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Admission.Quota;

/// <summary>Whether an object is in the scopes of a quota.</summary>
internal static class QuotaScopes
{
    /// <summary>Whether an object is in all scopes of a quota.</summary>
    public static bool Match(JsonObject quota, QuotaEvaluator evaluator, JsonObject tree)
    {
        var spec = quota.Object("spec");
        foreach (var name in spec.Texts("scopes"))
        {
            if (!evaluator.IsInScope(tree, new JsonObject { ["scopeName"] = name, ["operator"] = "Exists" }))
            {
                return false;
            }
        }

        foreach (var scope in spec.Object("scopeSelector").Objects("matchExpressions"))
        {
            if (!evaluator.IsInScope(tree, scope))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a value meets the operator of a scope; an empty value counts as absent.</summary>
    public static bool MatchesValue(string value, JsonObject scope) => scope.Text("operator") switch
    {
        "Exists" => value.Length > 0,
        "DoesNotExist" => value.Length == 0,
        "In" => value.Length > 0 && scope.Texts("values").Contains(value),
        "NotIn" => value.Length == 0 || !scope.Texts("values").Contains(value),
        _ => false,
    };
}
