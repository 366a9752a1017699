using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Labels and label selectors as tables show them.</summary>
internal static class SelectorText
{
    /// <summary>Labels as <c>key=value</c>, sorted.</summary>
    public static string Labels(JsonObject? labels) => labels is null || labels.Count == 0
        ? CellText.None
        : string.Join(',', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={JsonTree.AsText(label.Value)}"));

    /// <summary>A label selector; one that is empty or absent shows as none.</summary>
    public static string OrNone(JsonObject? selector) => CellText.Or(Format(selector), CellText.None);

    /// <summary>A label selector as its requirements, sorted by key.</summary>
    public static string Format(JsonObject? selector)
    {
        var requirements = new List<(string Key, string Text)>();
        foreach (var (key, value) in selector.Object("matchLabels") ?? [])
        {
            requirements.Add((key, $"{key}={JsonTree.AsText(value)}"));
        }

        foreach (var expression in selector.Items("matchExpressions"))
        {
            if (Requirement(expression) is not { } text)
            {
                return "<error>";
            }

            requirements.Add((expression.Text("key"), text));
        }

        return string.Join(',', requirements.OrderBy(requirement => requirement.Key, StringComparer.Ordinal).Select(requirement => requirement.Text));
    }

    private static string? Requirement(JsonObject expression)
    {
        var key = expression.Text("key");
        return expression.Text("operator") switch
        {
            "In" => $"{key} in ({Values(expression)})",
            "NotIn" => $"{key} notin ({Values(expression)})",
            "Exists" => key,
            "DoesNotExist" => "!" + key,
            _ => null,
        };
    }

    private static string Values(JsonObject expression) => string.Join(',', (expression.List("values") ?? [])
        .Select(value => JsonTree.AsText(value) ?? "")
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal));
}
