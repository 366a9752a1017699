using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Conditions of requests for certificates: who may add which, and what they must say.</summary>
internal static class CertificateConditions
{
    private static readonly string[] Decisions = ["Approved", "Denied", "Failed"];

    /// <summary>Puts back the stored conditions of a type where the new ones are as many.</summary>
    public static void Preserve(JsonObject tree, JsonObject old, string type)
    {
        var before = Of(old, type);
        var list = tree.Object("status").List("conditions");
        if (list is null || Of(tree, type).Count != before.Count)
        {
            return;
        }

        var next = 0;
        for (var i = 0; i < list.Count; i++)
        {
            if ((list[i] as JsonObject).Text("type") == type)
            {
                list[i] = before[next++].DeepClone();
            }
        }
    }

    /// <summary>Fills the times of new and changed conditions.</summary>
    public static void FillTimes(JsonObject tree, JsonObject old, string now)
    {
        foreach (var condition in tree.Object("status").Objects("conditions"))
        {
            condition.Default("lastUpdateTime", now);
            if (condition.Has("lastTransitionTime"))
            {
                continue;
            }

            var before = old.Object("status").Objects("conditions").FindBy("type", condition.Text("type"));
            var isUnchanged = before.Has("lastTransitionTime") && before.Text("status") == condition.Text("status");
            condition["lastTransitionTime"] = isUnchanged ? before.Text("lastTransitionTime") : now;
        }
    }

    /// <summary>Checks conditions by themselves.</summary>
    public static void Check(JsonObject tree, JsonObject? old, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var allowsBoth = Of(old, "Approved").Count > 0 && Of(old, "Denied").Count > 0;
        var index = 0;
        foreach (var condition in tree.Object("status").Objects("conditions"))
        {
            var place = path.Index(index++);
            var type = condition.Text("type");
            if (type.Length == 0 && Of(old, "").Count == 0)
            {
                errors.Required(place.Child("type"));
            }

            Status(condition.Text("status"), Decisions.Contains(type), place.Child("status"), errors);
            if (!allowsBoth && ((type == "Approved" && seen.Contains("Denied")) || (type == "Denied" && seen.Contains("Approved"))))
            {
                errors.Invalid(place.Child("type"), type, "Approved and Denied conditions are mutually exclusive");
            }

            if (!seen.Add(type) && !HasDuplicates(old))
            {
                errors.Duplicate(place.Child("type"), type);
            }
        }
    }

    /// <summary>Checks what an update changes.</summary>
    public static void CheckChange(JsonObject tree, JsonObject old, bool isApproval, FieldPath path, FieldErrors errors)
    {
        foreach (var type in Decisions)
        {
            if (Of(tree, type).Count < Of(old, type).Count)
            {
                errors.Forbidden(path, $"updates may not remove a condition of type \"{type}\"");
            }
        }

        if (isApproval)
        {
            return;
        }

        foreach (var type in Decisions.AsSpan(0, 2))
        {
            var before = Of(old, type);
            var after = Of(tree, type);
            if (after.Count > before.Count)
            {
                errors.Forbidden(path, $"updates may not add a condition of type \"{type}\"");
            }
            else if (!after.SequenceEqual(before, JsonEquality))
            {
                errors.Forbidden(path, $"updates may not modify a condition of type \"{type}\"\n{JsonChanges.Between(old["status"], tree["status"])}");
            }
        }
    }

    private static EqualityComparer<JsonObject> JsonEquality { get; } = EqualityComparer<JsonObject>.Create(JsonNode.DeepEquals, _ => 0);

    private static List<JsonObject> Of(JsonObject? tree, string type)
    {
        var found = new List<JsonObject>();
        foreach (var condition in tree.Object("status").Objects("conditions"))
        {
            if (condition.Text("type") == type)
            {
                found.Add(condition);
            }
        }

        return found;
    }

    private static bool HasDuplicates(JsonObject? old)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return old.Object("status").Objects("conditions").Any(condition => !seen.Add(condition.Text("type")));
    }

    private static void Status(string status, bool mustBeTrue, FieldPath path, FieldErrors errors)
    {
        if (status.Length == 0)
        {
            errors.Required(path);
        }
        else if (mustBeTrue && status != "True")
        {
            errors.NotSupported(path, status, "True");
        }
        else if (status is not ("False" or "True" or "Unknown"))
        {
            errors.NotSupported(path, status, "False", "True", "Unknown");
        }
    }
}
