using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Whether rules are covered by others: nobody may grant what he does not hold.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/rbac/validation and component-helpers/auth/rbac/validation.</remarks>
internal static class RbacEscalation
{
    private const string All = "*";

    /// <summary>What somebody holds who may do everything.</summary>
    public static JsonObject[] Everything =>
    [
        Rule([("apiGroups", [All]), ("resources", [All]), ("verbs", [All])]),
        Rule([("nonResourceURLs", [All]), ("verbs", [All])]),
    ];

    /// <summary>The refusal of somebody who wants to grant more than he holds.</summary>
    /// <param name="user">Who.</param>
    /// <param name="held">The rules that apply to him.</param>
    /// <param name="granted">The rules that he grants.</param>
    /// <returns>Why he may not; null if he may.</returns>
    public static string? Problem(UserInfo user, IReadOnlyList<JsonObject> held, IEnumerable<JsonObject> granted)
    {
        var missing = granted.SelectMany(Parts).Where(part => !held.Any(rule => Covers(rule, part))).ToList();
        if (missing.Count == 0)
        {
            return null;
        }

        var groups = string.Join(' ', user.Groups.Select(GoText.Quote));
        var lines = Compact(missing).Select(Describe).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return $"user {GoText.Quote(user.Name)} (groups=[{groups}]) is attempting to grant RBAC permissions not currently held:\n{string.Join('\n', lines)}";
    }

    // A rule as many that each name one thing and one verb.
    private static IEnumerable<JsonObject> Parts(JsonObject rule)
    {
        foreach (var group in rule.Texts("apiGroups"))
        {
            foreach (var resource in rule.Texts("resources"))
            {
                foreach (var verb in rule.Texts("verbs"))
                {
                    var names = rule.Texts("resourceNames");
                    foreach (var name in names.Count == 0 ? [""] : names)
                    {
                        yield return name.Length == 0
                            ? Rule([("apiGroups", [group]), ("resources", [resource]), ("verbs", [verb])])
                            : Rule([("apiGroups", [group]), ("resources", [resource]), ("resourceNames", [name]), ("verbs", [verb])]);
                    }
                }
            }
        }

        foreach (var path in rule.Texts("nonResourceURLs"))
        {
            foreach (var verb in rule.Texts("verbs"))
            {
                yield return Rule([("nonResourceURLs", [path]), ("verbs", [verb])]);
            }
        }
    }

    private static bool Covers(JsonObject rule, JsonObject part) =>
        HasAll(rule, part, "verbs") && HasAll(rule, part, "apiGroups") && HasResource(rule, part) && HasPath(rule, part) && HasName(rule, part);

    private static bool HasAll(JsonObject rule, JsonObject part, string member)
    {
        var held = rule.Texts(member);
        return held.Contains(All) || part.Texts(member).All(held.Contains);
    }

    private static bool HasResource(JsonObject rule, JsonObject part)
    {
        var held = rule.Texts("resources");
        return held.Contains(All) || part.Texts("resources").All(resource =>
            held.Contains(resource) || (resource.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && held.Contains(All + resource[slash..])));
    }

    private static bool HasPath(JsonObject rule, JsonObject part) => part.Texts("nonResourceURLs").All(path =>
        rule.Texts("nonResourceURLs").Any(pattern => pattern == path || (pattern.EndsWith('*') && path.StartsWith(pattern[..^1], StringComparison.Ordinal))));

    private static bool HasName(JsonObject rule, JsonObject part)
    {
        var held = rule.Texts("resourceNames");
        var names = part.Texts("resourceNames");
        return held.Count == 0 || (names.Count > 0 && names.All(held.Contains));
    }

    // Parts about one resource are told together.
    private static List<JsonObject> Compact(List<JsonObject> parts)
    {
        var result = new List<JsonObject>();
        var byResource = new Dictionary<string, JsonArray>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (part.Has("resourceNames") || part.Has("nonResourceURLs"))
            {
                result.Add(part);
                continue;
            }

            var key = $"{part.Texts("apiGroups")[0]}|{part.Texts("resources")[0]}";
            if (byResource.TryGetValue(key, out var verbs))
            {
                verbs.Add((JsonNode)part.Texts("verbs")[0]);
            }
            else
            {
                result.Add(part);
                byResource.Add(key, part.EnsureList("verbs"));
            }
        }

        return result;
    }

    private static string Describe(JsonObject rule)
    {
        var parts = new List<string>();
        foreach (var (name, member) in ((string, string)[])[
            ("APIGroups", "apiGroups"), ("Resources", "resources"), ("NonResourceURLs", "nonResourceURLs"), ("ResourceNames", "resourceNames"), ("Verbs", "verbs")])
        {
            if (rule.Count(member) > 0)
            {
                parts.Add($"{name}:[{string.Join(' ', rule.Texts(member).Select(GoText.Quote))}]");
            }
        }

        return "{" + string.Join(", ", parts) + "}";
    }

    private static JsonObject Rule((string Member, string[] Values)[] members) =>
        new(members.Select(member => KeyValuePair.Create(member.Member, (JsonNode?)new JsonArray([.. member.Values.Select(value => (JsonNode)value)]))));
}
