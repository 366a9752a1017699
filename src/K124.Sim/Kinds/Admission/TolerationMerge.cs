using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds.Admission;

/// <summary>Joins tolerations and drops those that another one covers.</summary>
/// <remarks>Kubernetes 1.24 pkg/util/tolerations.</remarks>
internal static class TolerationMerge
{
    /// <summary>Adds tolerations to those of a pod.</summary>
    /// <param name="spec">Specification of the pod.</param>
    /// <param name="added">The tolerations to add.</param>
    public static void Add(JsonObject spec, JsonObjects added)
    {
        var all = new List<JsonObject>();
        foreach (var toleration in spec.Objects("tolerations"))
        {
            all.Add(toleration);
        }

        foreach (var toleration in added)
        {
            all.Add(toleration);
        }

        var merged = new List<JsonObject>();
        for (var i = 0; i < all.Count; i++)
        {
            if (!merged.Exists(other => Covers(other, all[i])) && !IsCoveredLater(all, i))
            {
                merged.Add(all[i]);
            }
        }

        spec["tolerations"] = new JsonArray([.. merged.Select(JsonNode? (toleration) => toleration.DeepClone())]);
    }

    // Of equal ones the first stays.
    private static bool IsCoveredLater(List<JsonObject> all, int index)
    {
        for (var j = index + 1; j < all.Count; j++)
        {
            if (!IsSame(all[index], all[j]) && Covers(all[j], all[index]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSame(JsonObject left, JsonObject right) =>
        SchemaEquality.Equals(SchemaFacts.Instance.Type("api.core.v1.Toleration"), left, right);

    private static bool Covers(JsonObject wide, JsonObject narrow)
    {
        if (IsSame(wide, narrow))
        {
            return true;
        }

        var operation = wide.Text("operator");
        var effect = wide.Text("effect");
        if (wide.Text("key") != narrow.Text("key") && (wide.Text("key").Length > 0 || operation != "Exists"))
        {
            return false;
        }

        if (effect.Length > 0 && effect != narrow.Text("effect"))
        {
            return false;
        }

        if (effect == "NoExecute" && wide.NumberOrNull("tolerationSeconds") is { } seconds
            && !(narrow.NumberOrNull("tolerationSeconds") <= seconds))
        {
            return false;
        }

        return operation switch
        {
            "Equal" or "" => narrow.Text("operator") == "Equal" && narrow.Text("value") == wide.Text("value"),
            "Exists" => true,
            _ => false,
        };
    }
}
