using System.Buffers;
using System.Text.Json;

namespace K124.Sim.Model.Json;

/// <summary>Takes members with the value null out of a JSON text: to the API server they are absent.</summary>
internal static class NullMembers
{
    public static bool Contains(ReadOnlySpan<byte> json) => json.IndexOf("null"u8) >= 0;

    public static ReadOnlySpan<byte> Remove(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var output = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(output))
        {
            while (reader.Read())
            {
                Copy(ref reader, writer);
            }
        }

        return output.WrittenSpan;
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                var name = reader.GetString()!;
                reader.Read();
                if (reader.TokenType != JsonTokenType.Null)
                {
                    writer.WritePropertyName(name);
                    Copy(ref reader, writer);
                }

                break;
            case JsonTokenType.String:
                writer.WriteStringValue(reader.GetString());
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }
}
