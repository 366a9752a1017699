using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>Conditions of a CustomResourceDefinition.</summary>
internal static class CustomResourceConditions
{
    /// <summary>A condition; null if there is none.</summary>
    public static JsonObject? Find(JsonObject tree, string type) => tree.Object("status").Objects("conditions").FindBy("type", type);

    /// <summary>Whether a condition is true.</summary>
    public static bool IsTrue(JsonObject tree, string type) => Find(tree, type).Text("status") == "True";

    /// <summary>Sets a condition; its time changes only with its status.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Set(JsonObject tree, string type, string status, string reason, string message, string now)
    {
        var list = tree.Ensure("status").EnsureList("conditions");
        if (Find(tree, type) is not { } condition)
        {
            list.Add((JsonNode)new JsonObject
            {
                ["type"] = type,
                ["status"] = status,
                ["lastTransitionTime"] = now,
                ["reason"] = reason,
                ["message"] = message,
            });
            return true;
        }

        var changed = condition.Text("status") != status || condition.Text("reason") != reason || condition.Text("message") != message;
        if (condition.Text("status") != status)
        {
            condition["lastTransitionTime"] = now;
        }

        condition["status"] = status;
        condition["reason"] = reason;
        condition["message"] = message;
        return changed;
    }
}
