using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Tables;

/// <summary>Values of a JSON path as text: plain values as they read, lists and maps as JSON with sorted members.</summary>
internal static class JsonCellText
{
    public static string Format(JsonNode value) => value switch
    {
        JsonValue plain when plain.TryGetValue<string>(out var text) => text,
        JsonValue plain when plain.TryGetValue<bool>(out var flag) => flag ? "true" : "false",
        JsonValue plain => plain.ToJsonString(),
        _ => GoJson.WriteSorted(value),
    };
}
