using System.Text;
using System.Text.Json;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Members that the server keeps byte by byte.</summary>
internal static class RawMember
{
    /// <summary>The bytes of a member of a document, as text.</summary>
    /// <param name="document">The document.</param>
    /// <param name="name">Name of the member.</param>
    /// <returns>The text; null if the document is no JSON object with such a member.</returns>
    public static string? Of(ReadOnlySpan<byte> document, string name)
    {
        try
        {
            var reader = new Utf8JsonReader(document);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isMember = reader.ValueTextEquals(name);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (isMember)
                {
                    return Encoding.UTF8.GetString(document[start..(int)reader.BytesConsumed]);
                }
            }
        }
        catch (JsonException)
        {
            // What is no JSON was sent in another language, and is kept as the server writes it.
        }

        return null;
    }
}
