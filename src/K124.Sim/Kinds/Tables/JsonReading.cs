using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Reads members of JSON trees; what is absent, or of another type, reads as empty.</summary>
internal static class JsonReading
{
    public static JsonObject? Child(this JsonObject? parent, string name) =>
        parent is not null && parent.TryGetPropertyValue(name, out var value) ? value as JsonObject : null;

    public static JsonArray? Items(this JsonObject? parent, string name) =>
        parent is not null && parent.TryGetPropertyValue(name, out var value) ? value as JsonArray : null;

    public static IEnumerable<JsonObject> Objects(this JsonObject? parent, string name) =>
        parent.Items(name)?.OfType<JsonObject>() ?? [];

    public static string Text(this JsonObject? parent, string name) => parent.TextOrNull(name) ?? "";

    public static string? TextOrNull(this JsonObject? parent, string name) =>
        parent is not null && parent.TryGetPropertyValue(name, out var value) ? TextOf(value) : null;

    public static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long Number(this JsonObject? parent, string name, long absent = 0) =>
        parent is not null && parent.TryGetPropertyValue(name, out var value) ? NumberOf(value) ?? absent : absent;

    public static long? NumberOf(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<long>(out var number) => number,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        _ => null,
    };

    public static bool Flag(this JsonObject? parent, string name, bool absent = false) =>
        parent is not null && parent.TryGetPropertyValue(name, out var value) && value is JsonValue flag && flag.TryGetValue<bool>(out var result)
            ? result
            : absent;

    public static int Count(this JsonObject? parent, string name) => parent is not null && parent.TryGetPropertyValue(name, out var value)
        ? value switch
        {
            JsonArray array => array.Count,
            JsonObject map => map.Count,
            _ => 0,
        }
        : 0;

    public static JsonObject? Metadata(this JsonObject item) => item.Child("metadata");

    public static JsonObject? Spec(this JsonObject item) => item.Child("spec");

    public static JsonObject? Status(this JsonObject item) => item.Child("status");

    public static string Name(this JsonObject item) => item.Metadata().Text("name");

    public static string? Annotation(this JsonObject item, string key) => item.Metadata().Child("annotations").TextOrNull(key);
}
