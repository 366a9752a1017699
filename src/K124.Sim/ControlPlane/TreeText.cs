using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace K124.Sim.ControlPlane;

/// <summary>Writes JSON trees as the API server does: no escapes beyond those that JSON needs.</summary>
internal static class TreeText
{
    public static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] ToUtf8(JsonNode? tree)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Written))
        {
            if (tree is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                tree.WriteTo(writer);
            }
        }

        return buffer.ToArray();
    }
}
