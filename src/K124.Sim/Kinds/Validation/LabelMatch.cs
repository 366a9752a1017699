using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>Whether labels match a selector, both in their JSON form.</summary>
internal static class LabelMatch
{
    /// <summary>Whether the server can make a selector of it: operators, keys and values are well-formed.</summary>
    /// <param name="selector">The selector; null matches nothing.</param>
    /// <returns>True if it can.</returns>
    public static bool IsUsable(JsonObject? selector)
    {
        foreach (var (key, value) in selector.Object("matchLabels") ?? [])
        {
            if (NameRules.QualifiedName(key).Length > 0 || NameRules.LabelValue(JsonTree.AsText(value) ?? "").Length > 0)
            {
                return false;
            }
        }

        foreach (var requirement in selector.Objects("matchExpressions"))
        {
            if (!IsUsableRequirement(requirement))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a selector is there and holds no condition at all, so that it matches everything.</summary>
    /// <param name="selector">The selector.</param>
    /// <returns>True if so.</returns>
    public static bool IsEmpty(JsonObject? selector) =>
        selector is not null && selector.Object("matchLabels").IsEmpty() && selector.List("matchExpressions").IsEmpty();

    /// <summary>Whether labels meet a usable selector.</summary>
    /// <param name="selector">The selector; null matches nothing.</param>
    /// <param name="labels">The labels.</param>
    /// <returns>True if they do.</returns>
    public static bool Matches(JsonObject? selector, JsonObject? labels)
    {
        if (selector is null)
        {
            return false;
        }

        foreach (var (key, value) in selector.Object("matchLabels") ?? [])
        {
            if (labels.TextOrNull(key) != JsonTree.AsText(value))
            {
                return false;
            }
        }

        foreach (var requirement in selector.Objects("matchExpressions"))
        {
            var actual = labels.TextOrNull(requirement.Text("key"));
            var isMet = requirement.Text("operator") switch
            {
                "In" => actual is not null && requirement.Texts("values").Contains(actual),
                "NotIn" => actual is null || !requirement.Texts("values").Contains(actual),
                "Exists" => actual is not null,
                _ => actual is null,
            };
            if (!isMet)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsUsableRequirement(JsonObject requirement)
    {
        var values = requirement.Texts("values");
        var isShaped = requirement.Text("operator") switch
        {
            "In" or "NotIn" => values.Count > 0,
            "Exists" or "DoesNotExist" => values.Count == 0,
            _ => false,
        };
        return isShaped && NameRules.QualifiedName(requirement.Text("key")).Length == 0 && values.All(value => NameRules.LabelValue(value).Length == 0);
    }
}
