using System.Text;
using System.Text.Json;

namespace K124.Sim.Model.Json;

/// <summary>Words for what was found in a JSON text.</summary>
internal static class JsonShape
{
    /// <summary>The complaint about a value where a string is needed.</summary>
    public static string NotAString(ref readonly Utf8JsonReader reader)
    {
        var value = reader.TokenType == JsonTokenType.Number ? $" ({Encoding.UTF8.GetString(reader.ValueSpan)})" : "";
        var hint = reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False ? " (quote the value to make it a string)" : "";
        return $"expected a string, but found {Describe(reader.TokenType)}{value}{hint}";
    }

    public static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };
}
