using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace K124.Sim.Tests.Model;

/// <summary>Quantities by the book: arbitrary precision, in multiples of 10⁻⁹.</summary>
internal static class QuantityModel
{
    public const string Decimal = "n u m  k M G T P E";
    public const string Binary = "Ki Mi Gi Ti Pi Ei";
    public static readonly BigInteger Billion = 1_000_000_000;
    public static readonly BigInteger Largest = (BigInteger.One << 127) - 1;

    private static readonly string[] BinarySuffixes = Binary.Split(' ');
    private static readonly string[] DecimalSuffixes = Decimal.Split(' ');

    /// <summary>The amount in nanos, or null when it is out of range.</summary>
    public static BigInteger? Nanos(string text, bool capsBinary = true)
    {
        var parts = Regex.Match(text, @"^([+-]?)(\d*)\.?(\d*)(.*)$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        var fraction = parts.Groups[3].Value;
        var suffix = parts.Groups[4].Value;
        var numerator = BigInteger.Parse("0" + parts.Groups[2].Value + fraction, CultureInfo.InvariantCulture) * Billion;
        var denominator = BigInteger.Pow(10, fraction.Length);
        var power = Array.IndexOf(BinarySuffixes, suffix);
        if (power >= 0)
        {
            numerator *= BigInteger.Pow(1024, power + 1);
        }
        else
        {
            var decimals = Array.IndexOf(DecimalSuffixes, suffix);
            var exponent = decimals >= 0 ? (decimals - 3) * 3 : int.Parse(suffix[1..], CultureInfo.InvariantCulture);
            numerator *= BigInteger.Pow(10, Math.Max(exponent, 0));
            denominator *= BigInteger.Pow(10, Math.Max(-exponent, 0));
        }

        var nanos = DivideAway(numerator, denominator);
        nanos = power >= 0 && capsBinary ? BigInteger.Min(nanos, long.MaxValue * Billion) : nanos;
        return nanos > Largest ? null : parts.Groups[1].Value == "-" ? -nanos : nanos;
    }

    public static BigInteger DivideAway(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        return quotient + remainder.Sign;
    }

    /// <summary>The 64-bit number that Go computes of an amount in steps of a unit or a thousandth.</summary>
    public static long Scaled(string text, BigInteger step, int stepExponent)
    {
        var amount = DivideAway(Nanos(text)!.Value, step);
        if (amount >= long.MinValue && amount <= long.MaxValue)
        {
            return (long)amount;
        }

        var parts = Regex.Match(text, @"^[+-]?0*(\d*)\.?(\d*)(.*)$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        var suffix = parts.Groups[3].Value;
        var decimals = Array.IndexOf(DecimalSuffixes, suffix);
        var fitsDigits = Array.IndexOf(BinarySuffixes, suffix) < 0 && parts.Groups[1].Length + parts.Groups[2].Length <= 18;
        var exponent = !fitsDigits ? 0 : (decimals >= 0 ? (decimals - 3) * 3 : int.Parse(suffix[1..], CultureInfo.InvariantCulture)) - parts.Groups[2].Length;
        return fitsDigits && exponent + stepExponent is not (1 or 2 or 3 or 6 or 9) ? 0 : unchecked((long)(ulong)(amount & ulong.MaxValue));
    }
}
