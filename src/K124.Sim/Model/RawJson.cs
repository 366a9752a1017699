using System.Text.Json;

namespace K124.Sim.Model;

/// <summary>A JSON value that is carried along as it was read, equal by its text.</summary>
/// <remarks>For members whose content the API leaves open, such as the data of a <see cref="ControllerRevision"/>.</remarks>
public sealed record RawJson
{
    private RawJson(string text) => Text = text;

    /// <summary>The JSON text, without insignificant blanks.</summary>
    public string Text { get; }

    /// <summary>Reads a JSON value.</summary>
    /// <param name="json">JSON text.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static RawJson Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Json.ModelJsonOptions.MaxDepth });
        return Of(document.RootElement);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal static RawJson Of(JsonElement element)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Json.ModelJsonOptions.MaxDepth }))
        {
            element.WriteTo(writer);
        }

        return new(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
