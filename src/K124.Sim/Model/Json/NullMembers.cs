using System.Text.Json;

namespace K124.Sim.Model.Json;

/// <summary>Takes members with the value null out of a JSON text: to the API server they are absent.</summary>
/// <remarks>They are overwritten with spaces, so that every position in the text stays what it was.</remarks>
internal static class NullMembers
{
    private const byte Space = (byte)' ';

    public static bool Contains(ReadOnlySpan<byte> json) => json.IndexOf("null"u8) >= 0;

    public static ReadOnlySpan<byte> Remove(ReadOnlySpan<byte> json)
    {
        var text = json.ToArray();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ModelJsonOptions.MaxDepth });
        var hasMember = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    hasMember.Push(false);
                    break;
                case JsonTokenType.EndObject:
                    hasMember.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    var nameStart = (int)reader.TokenStartIndex;
                    var next = Peek(reader);
                    if (next.TokenType == JsonTokenType.Null)
                    {
                        Blank(text, nameStart, (int)next.BytesConsumed, hasMember.Peek());
                        reader = next;
                    }
                    else if (!hasMember.Peek())
                    {
                        hasMember.Pop();
                        hasMember.Push(true);
                    }

                    break;
            }
        }

        return text;
    }

    private static Utf8JsonReader Peek(Utf8JsonReader reader)
    {
        reader.Read();
        return reader;
    }

    private static void Blank(byte[] text, int start, int end, bool followsMember)
    {
        text.AsSpan(start..end).Fill(Space);
        if (followsMember)
        {
            text[text.AsSpan(0, start).LastIndexOf((byte)',')] = Space;
        }
        else if (text.AsSpan(end).IndexOfAnyExcept(" \t\r\n"u8) is >= 0 and var offset && text[end + offset] == ',')
        {
            text[end + offset] = Space;
        }
    }
}
