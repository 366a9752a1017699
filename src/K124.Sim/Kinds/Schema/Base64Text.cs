using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace K124.Sim.Kinds.Schema;

/// <summary>Base64 as the API server reads it: standard alphabet, padded, line ends ignored.</summary>
internal static class Base64Text
{
    /// <summary>Writes base64 in its plain form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="normal">The text without line ends.</param>
    /// <param name="offset">Where the text goes wrong.</param>
    /// <returns>False if it is no base64.</returns>
    public static bool TryNormalize(string text, [NotNullWhen(true)] out string? normal, out int offset)
    {
        normal = null;
        var plain = new StringBuilder(text.Length);
        var padding = 0;
        for (offset = 0; offset < text.Length; offset++)
        {
            var letter = text[offset];
            if (letter is '\r' or '\n')
            {
                continue;
            }

            if (letter == '=')
            {
                padding++;
                if (plain.Length % 4 < 2 || padding > 2)
                {
                    return false;
                }
            }
            else if (padding > 0 || !(char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/'))
            {
                // After padding the reader complains about what follows the last group.
                return false;
            }

            plain.Append(letter);
            if (padding > 0 && plain.Length % 4 == 0)
            {
                return HasOnlyLineEnds(text, ref offset) && Finish(plain, out normal);
            }
        }

        // The reader names the start of the group that it could not complete.
        if (plain.Length % 4 != 0)
        {
            offset = padding > 0 ? text.Length : text.Length - (plain.Length % 4);
            return false;
        }

        return Finish(plain, out normal);
    }

    private static bool HasOnlyLineEnds(string text, ref int offset)
    {
        for (offset++; offset < text.Length; offset++)
        {
            if (text[offset] is not ('\r' or '\n'))
            {
                return false;
            }
        }

        return true;
    }

    // Bits beyond the last byte are dropped, so the text is written anew.
    private static bool Finish(StringBuilder plain, out string normal)
    {
        var text = plain.ToString();
        normal = text.EndsWith('=') ? Convert.ToBase64String(Convert.FromBase64String(text)) : text;
        return true;
    }
}
