using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace K124.Sim.Platform.Credentials;

/// <summary>Base64 as Go reads it: line ends are passed over, and the first fault is told by its place.</summary>
internal static class GoBase64
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isPadded">Whether it must be padded; otherwise it must not.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="problem">What Go says about it.</param>
    public static bool TryDecode(string text, bool isPadded, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? problem)
    {
        var letters = text.Where(letter => letter is not ('\r' or '\n')).ToArray();
        var count = letters.Length;
        while (isPadded && count > 0 && letters[count - 1] == '=' && letters.Length - count < 2)
        {
            count--;
        }

        var isWhole = isPadded ? letters.Length % 4 == 0 : count % 4 != 1;
        var fault = Array.FindIndex(letters, 0, count, letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('+' or '/'));
        if (fault >= 0 || !isWhole)
        {
            var at = fault >= 0 ? PlaceOf(text, fault) : text.Length;
            (bytes, problem) = (null, string.Create(CultureInfo.InvariantCulture, $"illegal base64 data at input byte {at}"));
            return false;
        }

        bytes = Convert.FromBase64String(new string(letters, 0, count).PadRight((count + 3) / 4 * 4, '='));
        problem = null;
        return true;
    }

    private static int PlaceOf(string text, int letterIndex)
    {
        var place = -1;
        for (var seen = -1; seen < letterIndex; seen += text[place] is '\r' or '\n' ? 0 : 1)
        {
            place++;
        }

        return place;
    }
}
