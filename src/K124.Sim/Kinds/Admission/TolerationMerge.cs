using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds.Admission;

/// <summary>Joins lists of tolerations: one that another one covers goes.</summary>
/// <remarks>Kubernetes 1.24 pkg/util/tolerations.</remarks>
internal static class TolerationMerge
{
    private static SchemaType Type => SchemaFacts.Instance.Type("api.core.v1.Toleration");

    /// <summary>Joins tolerations; of equal ones the first stays.</summary>
    public static List<JsonObject> Of(JsonObject[] tolerations)
    {
        var merged = new List<JsonObject>();
        for (var i = 0; i < tolerations.Length; i++)
        {
            var toleration = tolerations[i];
            var isCovered = merged.Exists(other => Covers(other, toleration))
                || tolerations.Skip(i + 1).Any(other => !AreEqual(other, toleration) && Covers(other, toleration));
            if (!isCovered)
            {
                merged.Add(toleration);
            }
        }

        return merged;
    }

    private static bool Covers(JsonObject wide, JsonObject narrow)
    {
        if (AreEqual(wide, narrow))
        {
            return true;
        }

        // No key with Exists stands for every key, and no effect for every effect.
        var (key, effect, @operator) = (wide.Text("key"), wide.Text("effect"), wide.Text("operator"));
        if ((narrow.Text("key") != key && (key.Length > 0 || @operator != "Exists")) || (effect.Length > 0 && narrow.Text("effect") != effect))
        {
            return false;
        }

        if (effect == "NoExecute" && wide.NumberOrNull("tolerationSeconds") is { } seconds
            && (narrow.NumberOrNull("tolerationSeconds") is not { } asked || asked > seconds))
        {
            return false;
        }

        return @operator switch
        {
            "Exists" => true,
            "Equal" or "" => narrow.Text("operator") == "Equal" && narrow.Text("value") == wide.Text("value"),
            _ => false,
        };
    }

    private static bool AreEqual(JsonObject left, JsonObject right) => SchemaEquality.Equals(Type, left, right);
}
