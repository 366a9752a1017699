using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Strategies;

/// <summary>The objects of flow control that every server has and nobody may change, and what both kinds share.</summary>
internal static class FlowControlObjects
{
    /// <summary>Name of the objects that let requests through without limit.</summary>
    public const string Exempt = "exempt";

    private const string CatchAll = "catch-all";

    /// <summary>Refuses changes of built-in objects.</summary>
    public static void CheckFixed(KindStrategy strategy, JsonObject tree, FieldErrors errors)
    {
        var name = tree.Object("metadata").Text("name");
        if (FixedSpec(strategy.Kind, name) is { } fixedSpec && !JsonNode.DeepEquals(tree["spec"], fixedSpec))
        {
            errors.InvalidValue(FieldPath.Of("spec"), tree["spec"], $"spec of '{name}' must equal the fixed value");
        }
    }

    /// <summary>Checks the conditions of a status.</summary>
    public static void Conditions(JsonObject tree, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var condition in tree.Object("status").Objects("conditions"))
        {
            var path = FieldPath.Of("status.conditions").Index(index++).Child("type");
            var type = condition.Text("type");
            if (!seen.Add(type))
            {
                errors.Duplicate(path, type);
            }

            if (type.Length == 0)
            {
                errors.Required(path, "must not be empty");
            }
        }
    }

    private static JsonNode? FixedSpec(string kind, string name) => (kind, name) switch
    {
        ("FlowSchema", Exempt) => Schema(Exempt, 1, ["system:masters"], byUser: false),
        ("FlowSchema", CatchAll) => Schema(CatchAll, 10000, ["system:unauthenticated", "system:authenticated"], byUser: true),
        ("PriorityLevelConfiguration", Exempt) => new JsonObject { ["type"] = "Exempt" },
        ("PriorityLevelConfiguration", CatchAll) => new JsonObject
        {
            ["type"] = "Limited",
            ["limited"] = new JsonObject
            {
                ["assuredConcurrencyShares"] = 5L,
                ["limitResponse"] = new JsonObject { ["type"] = "Reject" },
            },
        },
        _ => null,
    };

    private static JsonObject Schema(string level, long precedence, string[] groups, bool byUser)
    {
        var spec = new JsonObject
        {
            ["priorityLevelConfiguration"] = new JsonObject { ["name"] = level },
            ["matchingPrecedence"] = precedence,
            ["rules"] = new JsonArray(new JsonObject
            {
                ["subjects"] = new JsonArray([.. groups.Select(group => new JsonObject { ["kind"] = "Group", ["group"] = new JsonObject { ["name"] = group } })]),
                ["resourceRules"] = new JsonArray(new JsonObject
                {
                    ["verbs"] = All(),
                    ["apiGroups"] = All(),
                    ["resources"] = All(),
                    ["clusterScope"] = true,
                    ["namespaces"] = All(),
                }),
                ["nonResourceRules"] = new JsonArray(new JsonObject { ["verbs"] = All(), ["nonResourceURLs"] = All() }),
            }),
        };
        if (byUser)
        {
            spec["distinguisherMethod"] = new JsonObject { ["type"] = "ByUser" };
        }

        return spec;
    }

    private static JsonArray All() => [JsonValue.Create("*")];
}
