using System.Text.Json;
using System.Text.Json.Nodes;

namespace K124.Sim.Conformance.ApiServer;

/// <summary>Compares answers with recorded ones, symbols and all.</summary>
internal sealed class AnswerComparison(Symbols symbols)
{
    private const int MostDifferences = 12;

    private readonly List<string> _differences = [];

    public IReadOnlyList<string> Differences => _differences;

    public void Note(string difference)
    {
        if (_differences.Count < MostDifferences)
        {
            _differences.Add(difference);
        }
    }

    public void Compare(string path, JsonNode? expected, JsonNode? actual)
    {
        switch (expected)
        {
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == "$any":
                return;
            case JsonObject members when actual is JsonObject others:
                CompareMembers(path, members, others);
                return;
            case JsonArray items when actual is JsonArray others:
                CompareItems(path, items, others);
                return;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                if (TextOf(actual) is not { } text || !symbols.Match(value.GetValue<string>(), text))
                {
                    Note($"{path}: recorded {expected.ToJsonString()}, answered {actual?.ToJsonString() ?? "(absent)"}");
                }

                return;
            default:
                if (!JsonNode.DeepEquals(expected, actual))
                {
                    Note($"{path}: recorded {Short(expected)}, answered {Short(actual)}");
                }

                return;
        }
    }

    /// <summary>Compares lists whose order says nothing.</summary>
    public static JsonArray Sorted(JsonArray items, Func<JsonNode?, string> key) => new([.. items.OrderBy(key, StringComparer.Ordinal).Select(item => item?.DeepClone())]);

    public static string NameOf(JsonNode? item)
    {
        var metadata = item?["metadata"] ?? item?["object"]?["metadata"];
        return $"{metadata?["namespace"]}/{metadata?["name"]}";
    }

    private void CompareMembers(string path, JsonObject expected, JsonObject actual)
    {
        foreach (var name in expected.Select(member => member.Key).Union(actual.Select(member => member.Key), StringComparer.Ordinal))
        {
            if (!expected.TryGetPropertyValue(name, out var left))
            {
                Note($"{path}.{name}: recorded (absent), answered {Short(actual[name])}");
            }
            else if (!actual.TryGetPropertyValue(name, out var right))
            {
                Note($"{path}.{name}: recorded {Short(left)}, answered (absent)");
            }
            else if (name == "managedFields" && left is JsonArray owners && right is JsonArray others)
            {
                CompareItems($"{path}.{name}", Sorted(owners, OwnerOf), Sorted(others, OwnerOf));
            }
            else
            {
                Compare($"{path}.{name}", left, right);
            }
        }
    }

    private void CompareItems(string path, JsonArray expected, JsonArray actual)
    {
        if (expected.Count != actual.Count)
        {
            Note($"{path}: recorded {expected.Count} items {Short(expected)}, answered {actual.Count} {Short(actual)}");
            return;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            Compare($"{path}[{i}]", expected[i], actual[i]);
        }
    }

    private static string OwnerOf(JsonNode? entry) => $"{entry?["manager"]}|{entry?["operation"]}|{entry?["apiVersion"]}|{entry?["subresource"]}";

    private static string? TextOf(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number => node.ToJsonString(),
        _ => null,
    };

    private static string Short(JsonNode? node)
    {
        const int Most = 240;
        var text = node?.ToJsonString() ?? "null";
        return text.Length > Most ? text[..Most] + "..." : text;
    }
}
