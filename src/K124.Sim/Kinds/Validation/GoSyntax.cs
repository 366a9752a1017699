using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>Values as messages print them. Strings, numbers, booleans, maps of strings and lists of strings are exact; other
/// objects, which the server prints with its own type names and addresses, are printed as JSON.</summary>
internal static class GoSyntax
{
    /// <summary>Prints a value.</summary>
    /// <param name="value">The value; null is an absent one.</param>
    /// <returns>The text.</returns>
    public static string Print(JsonNode? value) => value switch
    {
        // An absent value is printed as this text.
        null => "\"null\"",
        JsonValue => value.GetValueKind() == JsonValueKind.String ? GoText.Quote(JsonTree.AsText(value)!) : value.ToJsonString(),
        JsonArray list when list.All(item => item?.GetValueKind() == JsonValueKind.String) => "[]string{" + Joined(list) + "}",
        _ => value.ToJsonString(),
    };

    /// <summary>Prints a time as Go does, and anything else as it is.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The text.</returns>
    public static string TimeOrValue(JsonNode? value) =>
        JsonTree.AsText(value) is { Length: 20 } time && time[10] == 'T' && time[19] == 'Z' ? $"{time[..10]} {time[11..19]} +0000 UTC" : Print(value);

    /// <summary>Prints a map of strings.</summary>
    /// <param name="map">The map; null is an absent one.</param>
    /// <returns>The text.</returns>
    public static string StringMap(JsonObject? map)
    {
        if (map is null)
        {
            return "map[string]string(nil)";
        }

        var text = new StringBuilder("map[string]string{");
        var separator = "";
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(separator).Append(GoText.Quote(key)).Append(':').Append(GoText.Quote(JsonTree.AsText(value) ?? ""));
            separator = ", ";
        }

        return text.Append('}').ToString();
    }

    private static string Joined(JsonArray list) => string.Join(", ", list.Select(item => GoText.Quote(JsonTree.AsText(item)!)));
}
