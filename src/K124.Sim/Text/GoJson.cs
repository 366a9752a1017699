using System.Text.Json;

namespace K124.Sim.Text;

/// <summary>What Go says of a text that is no JSON.</summary>
internal static class GoJson
{
    /// <summary>The fault of a text; null if it is JSON.</summary>
    public static string? Fault(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
            var depth = -1;
            while (reader.Read())
            {
                depth = reader.CurrentDepth;
            }

            var isWhole = depth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName);
            return isWhole ? null : "unexpected end of JSON input";
        }
        catch (JsonException exception)
        {
            var at = (int)Math.Min(exception.BytePositionInLine ?? 0, Math.Max(text.Length - 1, 0));
            return text.IsEmpty ? "unexpected end of JSON input" : $"invalid character {Quoted((char)text[at])} looking for beginning of value";
        }
    }

    private static string Quoted(char letter) => letter == '\'' ? @"'\''" : $"'{letter}'";
}
