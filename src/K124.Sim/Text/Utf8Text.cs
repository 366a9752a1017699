using System.Text;

namespace K124.Sim.Text;

/// <summary>Texts whose length counts in bytes.</summary>
internal static class Utf8Text
{
    private const string Ellipsis = " ...";

    /// <summary>Shortens a text to a number of bytes in UTF-8; a character that would be cut is left out whole.</summary>
    public static string Truncate(string text, int bytesMax)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytesMax)
        {
            return text;
        }

        var bytes = 0;
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > bytesMax - Ellipsis.Length)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, end), Ellipsis);
    }
}
