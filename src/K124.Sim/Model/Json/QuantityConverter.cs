using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace K124.Sim.Model.Json;

/// <summary>Reads a quantity from a string or a bare number, and writes its canonical text.</summary>
internal sealed class QuantityConverter : JsonConverter<Quantity>
{
    private const int StackLimit = 64;

    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadValue(ref reader);

    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    internal static Quantity ReadValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            throw new JsonException($"expected a quantity, such as \"500m\" or \"2Gi\", but found {JsonShape.Describe(reader.TokenType)}");
        }

        Span<char> buffer = stackalloc char[StackLimit];
        scoped ReadOnlySpan<char> text;
        if (reader.HasValueSequence || reader.ValueSpan.Length > StackLimit)
        {
            text = reader.TokenType == JsonTokenType.String ? reader.GetString() : reader.GetDouble().ToString("R", CultureInfo.InvariantCulture);
        }
        else
        {
            text = buffer[..(reader.TokenType == JsonTokenType.String ? reader.CopyString(buffer) : Encoding.ASCII.GetChars(reader.ValueSpan, buffer))];
        }

        return Quantity.TryParse(text.Trim(), out var quantity, out var error) ? quantity : throw new JsonException(error);
    }
}
