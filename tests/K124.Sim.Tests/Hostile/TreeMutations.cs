using System.Globalization;
using System.Text.Json.Nodes;

namespace K124.Sim.Tests.Hostile;

/// <summary>Faults that leave a JSON text well-formed and its fields of their types: they get past the reader.</summary>
internal static class TreeMutations
{
    private static readonly long[] Numbers = [0, -1, 1, 2, 100, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 1_000_000];

    private static readonly string[] Texts =
    [
        "", "0", "1", "-1", "100m", "9e18", "1e-9", "8Ei", "50%", "0%", "Always", "Never", "In", "Exists", "a", "A_b", "default", "kube-system", "node1",
        "2022-05-03T00:00:00Z", "9999-12-31T23:59:59Z", "Terminating", "Running", "Succeeded", "Failed", "x/y", "10.96.0.1", "fd00::1",
    ];

    /// <summary>A text with one to four such faults.</summary>
    public static string Spoil(string json, Random random)
    {
        var root = JsonNode.Parse(json)!;
        for (var faults = 1 + random.Next(4); faults > 0; faults--)
        {
            var places = Places(root).ToArray();
            if (places.Length > 0)
            {
                Spoil(places[random.Next(places.Length)], places, random);
            }
        }

        return root.ToJsonString();
    }

    private static IEnumerable<JsonNode> Places(JsonNode? node)
    {
        var children = node switch
        {
            JsonObject map => map.Select(static pair => pair.Value),
            JsonArray list => list,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(static child => Places(child).Prepend(child));
    }

    private static void Spoil(JsonNode node, JsonNode[] all, Random random)
    {
        var parent = node.Parent!;
        switch (random.Next(5))
        {
            case 0 when parent is JsonObject map:
                map.Remove(node.GetPropertyName());
                break;
            case 0 when parent is JsonArray list:
                list.Remove(node);
                break;
            case 1 when parent is JsonArray list:
                list.Insert(random.Next(list.Count + 1), node.DeepClone());
                break;
            case 2:
                var like = all.Where(other => other.GetValueKind() == node.GetValueKind()).ToArray();
                node.ReplaceWith(like[random.Next(like.Length)].DeepClone());
                break;
            default:
                Replace(node, random);
                break;
        }
    }

    private static void Replace(JsonNode node, Random random)
    {
        switch (node.GetValueKind())
        {
            case System.Text.Json.JsonValueKind.Number:
                node.ReplaceWith(Numbers[random.Next(Numbers.Length)]);
                break;
            case System.Text.Json.JsonValueKind.String:
                var number = Numbers[random.Next(Numbers.Length)].ToString(CultureInfo.InvariantCulture);
                node.ReplaceWith(random.Next(4) == 0 ? number : Texts[random.Next(Texts.Length)]);
                break;
            case System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False:
                node.ReplaceWith(!node.GetValue<bool>());
                break;
        }
    }
}
