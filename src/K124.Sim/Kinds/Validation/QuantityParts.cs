using System.Globalization;

namespace K124.Sim.Kinds.Validation;

/// <summary>The number, the power of ten and the format that the server keeps of a quantity in its canonical spelling.</summary>
internal static class QuantityParts
{
    private const string Binary = "KMGTPE";
    private const string Decimal = "numkMGTPE";

    public static (long Value, int Scale, string Format) Of(string canonical)
    {
        var digits = 0;
        while (digits < canonical.Length && (char.IsAsciiDigit(canonical[digits]) || canonical[digits] is '-' or '+'))
        {
            digits++;
        }

        var suffix = canonical[digits..];
        if (!long.TryParse(canonical[..digits], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return (0, 0, "DecimalSI");
        }

        if (suffix.Length == 2 && suffix[1] == 'i')
        {
            return (value << (10 * (Binary.IndexOf(suffix[0], StringComparison.Ordinal) + 1)), 0, "BinarySI");
        }

        if (suffix.Length > 1)
        {
            return (value, int.Parse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), "DecimalExponent");
        }

        var place = suffix.Length == 0 ? -1 : Decimal.IndexOf(suffix[0], StringComparison.Ordinal);
        return (value, suffix.Length == 0 ? 0 : place < 3 ? (place - 3) * 3 : (place - 2) * 3, "DecimalSI");
    }
}
