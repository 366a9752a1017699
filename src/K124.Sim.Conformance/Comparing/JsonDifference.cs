using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace K124.Sim.Conformance.Comparing;

/// <summary>Compares JSON values and names what differs.</summary>
internal static class JsonDifference
{
    /// <summary>Compares two values whole; numbers by value, objects without regard to the order of members.</summary>
    public static IEnumerable<string> Between(string path, JsonNode? expected, JsonNode? actual)
    {
        if (expected is JsonObject expectedObject && actual is JsonObject actualObject)
        {
            foreach (var name in expectedObject.Select(member => member.Key).Union(actualObject.Select(member => member.Key), StringComparer.Ordinal))
            {
                foreach (var difference in Between($"{path}.{name}", expectedObject[name], actualObject[name]))
                {
                    yield return difference;
                }
            }
        }
        else if (expected is JsonArray expectedArray && actual is JsonArray actualArray)
        {
            if (expectedArray.Count != actualArray.Count)
            {
                yield return $"{path}.length: recorded {expectedArray.Count}, answered {actualArray.Count}";
            }

            for (var i = 0; i < Math.Max(expectedArray.Count, actualArray.Count); i++)
            {
                foreach (var difference in Between($"{path}[{i}]", ItemAt(expectedArray, i), ItemAt(actualArray, i)))
                {
                    yield return difference;
                }
            }
        }
        else if (!SameValue(expected, actual))
        {
            yield return $"{path}: recorded {Text(expected)}, answered {Text(actual)}";
        }
    }

    /// <summary>Takes members out that hold nothing, as the recordings do.</summary>
    /// <param name="node">The value; changed in place.</param>
    /// <param name="kept">Member that stays even when it is empty.</param>
    /// <returns>The value, or null if nothing is left of it.</returns>
    public static JsonNode? Prune(JsonNode? node, string kept)
    {
        switch (node)
        {
            case JsonObject item:
                foreach (var (name, value) in item.ToArray())
                {
                    if (Prune(value, kept) is null && (name != kept || value is null))
                    {
                        item.Remove(name);
                    }
                }

                return item.Count > 0 ? item : null;
            case JsonArray array:
                foreach (var value in array)
                {
                    Prune(value, kept);
                }

                return array.Count > 0 ? array : null;
            default:
                return node;
        }
    }

    private static bool SameValue(JsonNode? expected, JsonNode? actual)
    {
        if (expected is null || actual is null)
        {
            return expected is null && actual is null;
        }

        return expected.GetValueKind() == JsonValueKind.Number && actual.GetValueKind() == JsonValueKind.Number
            ? SameNumber(expected.ToJsonString(), actual.ToJsonString())
            : JsonNode.DeepEquals(expected, actual);
    }

    private static bool SameNumber(string expected, string actual) =>
        decimal.TryParse(expected, NumberStyles.Float, CultureInfo.InvariantCulture, out var left)
        && decimal.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out var right)
            ? left == right
            : expected == actual;

    private static JsonNode? ItemAt(JsonArray array, int index) => index < array.Count ? array[index] : null;

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "(absent)";
}
