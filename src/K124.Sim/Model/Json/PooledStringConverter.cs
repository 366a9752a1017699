using System.Text.Json;
using System.Text.Json.Serialization;

namespace K124.Sim.Model.Json;

/// <summary>Reads strings through a pool, so that equal ones are stored once.</summary>
internal sealed class PooledStringConverter(StringPool pool) : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String
        ? pool.GetString(ref reader)
        : throw new JsonException(JsonShape.NotAString(ref reader));

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
