using System.Text;
using System.Text.Json;

namespace K124.Sim.Manifests.Internal;

internal static class JsonNames
{
    /// <summary>The name or string that the reader stands on, for people to read: a text that cannot be unescaped is left as it is written.</summary>
    public static string Unescape(ref readonly Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
