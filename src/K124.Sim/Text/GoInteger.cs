using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Text;

/// <summary>Reads integers as Go does: an optional sign and decimal digits, nothing else.</summary>
internal static class GoInteger
{
    public static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        var negative = text is ['-', ..];
        var digits = text is ['-' or '+', ..] ? text[1..] : text;
        if (digits.IsEmpty)
        {
            return false;
        }

        foreach (var character in digits)
        {
            var digit = character - '0';
            if (digit is < 0 or > 9 || value < (long.MinValue + digit) / 10)
            {
                return false;
            }

            // Summed below zero, where the range is larger by one.
            value = (value * 10) - digit;
        }

        if (!negative && value == long.MinValue)
        {
            return false;
        }

        value = negative ? value : -value;
        return true;
    }

    /// <summary>Reads an integer, or tells what Go's <c>strconv.Atoi</c> says about the text.</summary>
    public static bool TryParse(string text, out long value, [NotNullWhen(false)] out string? error)
    {
        error = null;
        if (TryParse(text, out value))
        {
            return true;
        }

        var digits = text.AsSpan(text is ['-' or '+', ..] ? 1 : 0);
        var isNumber = !digits.IsEmpty && digits.IndexOfAnyExceptInRange('0', '9') < 0;
        error = $"strconv.Atoi: parsing {GoText.Quote(text)}: {(isNumber ? "value out of range" : "invalid syntax")}";
        return false;
    }
}
