using System.Text;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Validation;

/// <summary>What changed between two trees, for messages that say so.</summary>
internal static class JsonChanges
{
    /// <summary>One line a member that changed, with its value before and after.</summary>
    public static string Between(JsonNode? before, JsonNode? after)
    {
        var text = new StringBuilder();
        Append(text, "", before, after);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string path, JsonNode? before, JsonNode? after)
    {
        if (before is JsonObject left && after is JsonObject right)
        {
            foreach (var name in left.Select(member => member.Key).Union(right.Select(member => member.Key), StringComparer.Ordinal))
            {
                Append(text, $"{path}.{name}", left[name], right[name]);
            }
        }
        else if (!JsonNode.DeepEquals(before, after))
        {
            text.Append(path).Append(": ").Append(GoSyntax.Print(before)).Append(" -> ").Append(GoSyntax.Print(after)).Append('\n');
        }
    }
}
