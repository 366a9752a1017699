using System.Text.Json;
using System.Text.Json.Nodes;

namespace K124.Sim.Conformance.Kinds;

/// <summary>Turns what the recordings write for chosen values (times, random letters) into values and back.</summary>
internal static class RecordedText
{
    /// <summary>The clock of every case.</summary>
    public const string Now = "2022-06-15T10:00:00Z";

    /// <summary>Five letters that stand for random ones.</summary>
    public const string Letters = "zzzzz";

    private const string RecordedNow = "NOW";
    private const string RecordedLetters = "?????";

    /// <summary>An object of a case as it is sent or stored.</summary>
    public static JsonNode? Read(JsonElement element) => Mapped(JsonNode.Parse(element.GetRawText()), Entering, isLeaving: false);

    /// <summary>An object of the library as the recordings write it.</summary>
    public static JsonNode? Write(JsonNode? node) => Mapped(node?.DeepClone(), Leaving, isLeaving: true);

    /// <summary>A text of the library as the recordings write it.</summary>
    public static string Leaving(string text) => text == Now ? RecordedNow : text.Replace(Letters, RecordedLetters, StringComparison.Ordinal);

    private static string Entering(string text) => text == RecordedNow ? Now : text.Replace(RecordedLetters, Letters, StringComparison.Ordinal);

    private static JsonNode? Mapped(JsonNode? node, Func<string, string> map, bool isLeaving)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToArray())
                {
                    if (isLeaving && name == "metadata" && value is JsonObject metadata && metadata["resourceVersion"] is not null)
                    {
                        metadata["resourceVersion"] = "RV";
                    }

                    Replace(value, map, isLeaving, mapped => members[name] = mapped);
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var place = i;
                    Replace(items[i], map, isLeaving, mapped => items[place] = mapped);
                }

                break;
            case JsonValue when node.GetValueKind() == JsonValueKind.String:
                return JsonValue.Create(map(node.GetValue<string>()));
        }

        return node;
    }

    private static void Replace(JsonNode? value, Func<string, string> map, bool isLeaving, Action<JsonNode?> set)
    {
        if (Mapped(value, map, isLeaving) is { } mapped && !ReferenceEquals(mapped, value))
        {
            set(mapped);
        }
    }
}
