using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Text;

namespace K124.Sim.Conformance.Platform;

/// <summary>Reads and compares the parts that the recorded cases of this area share. What is missing is absent, zero or empty.</summary>
internal static class CaseJson
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string Text(this JsonElement element, string name) => element.Member(name)?.GetString() ?? "";

    public static string? OptionalText(this JsonElement element, string name) => element.Member(name)?.GetString();

    public static bool Flag(this JsonElement element, string name) => element.Member(name)?.GetBoolean() ?? false;

    public static int Int(this JsonElement element, string name, int otherwise = 0) => element.Member(name)?.GetInt32() ?? otherwise;

    public static long? OptionalLong(this JsonElement element, string name) => element.Member(name)?.GetInt64();

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { } list ? list.EnumerateArray() : [];

    public static IEnumerable<string> Texts(this JsonElement element, string name) => element.Items(name).Select(item => item.GetString()!);

    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name) =>
        element.Member(name) is { } map ? map.EnumerateObject() : [];

    /// <summary>Seconds as ticks.</summary>
    public static long Ticks(this JsonElement element, string name) =>
        element.Member(name) is { } seconds ? (long)(seconds.GetDecimal() * TimeSpan.TicksPerSecond) : 0;

    /// <summary>A duration as Go writes it.</summary>
    public static TimeSpan Duration(this JsonElement element, string name) =>
        GoDuration.TryParse(element.Text(name), out var duration, out var problem) ? duration : throw new JsonException(problem);

    public static JsonArray Array(IEnumerable<string> items) => [.. items.Select(item => (JsonNode?)JsonValue.Create(item))];

    public static JsonArray Nodes(IEnumerable<JsonNode?> items) => [.. items];

    /// <summary>Compares the whole of what was recorded with the library's answer.</summary>
    public static CaseOutcome Compare(RecordedCase testCase, JsonNode actual) =>
        CaseOutcome.Of(JsonDifference.Between("expect", Shorten(JsonNode.Parse(testCase.Expect.GetRawText())), Shorten(actual)));

    /// <summary>Takes out the members that are absent, zero or empty: those say nothing.</summary>
    public static JsonNode? Shorten(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                foreach (var (name, value) in item.ToArray())
                {
                    if (IsNothing(Shorten(value)))
                    {
                        item.Remove(name);
                    }
                }

                return item;
            case JsonArray array:
                foreach (var value in array)
                {
                    Shorten(value);
                }

                return array;
            default:
                return node;
        }
    }

    private static bool IsNothing(JsonNode? node) => node switch
    {
        null => true,
        JsonObject item => item.Count == 0,
        JsonArray array => array.Count == 0,
        _ => node.GetValueKind() switch
        {
            JsonValueKind.False => true,
            JsonValueKind.String => node.GetValue<string>().Length == 0,
            JsonValueKind.Number => node.ToJsonString() == "0",
            _ => false,
        },
    };
}
