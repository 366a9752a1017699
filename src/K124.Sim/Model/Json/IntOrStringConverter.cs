using System.Text.Json;
using System.Text.Json.Serialization;

namespace K124.Sim.Model.Json;

internal sealed class IntOrStringConverter : JsonConverter<IntOrString>
{
    public override IntOrString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new(reader.GetString()!),
        JsonTokenType.Number when reader.TryGetInt32(out var number) => new(number),
        JsonTokenType.Number => throw new JsonException("expected a 32-bit integer or a string"),
        _ => throw new JsonException($"expected an integer or a string, but found {JsonShape.Describe(reader.TokenType)}"),
    };

    public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
