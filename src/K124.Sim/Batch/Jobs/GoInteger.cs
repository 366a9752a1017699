namespace K124.Sim.Batch.Jobs;

/// <summary>Reads integers as the controller does: an optional sign and decimal digits, nothing else.</summary>
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
}
