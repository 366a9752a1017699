using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace K124.Sim.Model;

public readonly partial struct Quantity
{
    // Exponents beyond this are refused: no amount in range needs them, and hostile ones cost memory.
    private const int MaxExponent = 1000;

    private const string SuffixCharacters = "eEinumkKMGTP";
    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    /// <summary>Reads a quantity such as <c>500m</c>, <c>1.5Gi</c> or <c>12e6</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The quantity.</returns>
    /// <exception cref="FormatException">The text is not a quantity, or is out of range.</exception>
    public static Quantity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var quantity, out var error) ? quantity : throw new FormatException(error);
    }

    /// <summary>Reads a quantity such as <c>500m</c>, <c>1.5Gi</c> or <c>12e6</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="quantity">The quantity, or 0.</param>
    /// <returns>False if the text is not a quantity, or is out of range.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity) => TryParse(text, out quantity, out _);

    /// <summary>Reads a quantity, with the reason when it cannot be read.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity, [NotNullWhen(false)] out string? error)
    {
        quantity = default;
        if (text.IsEmpty)
        {
            error = "a quantity must not be empty";
            return false;
        }

        var rest = text;
        var negative = rest[0] == '-';
        if (rest[0] is '-' or '+')
        {
            rest = rest[1..];
        }

        // A number without digits counts as 0: the API server accepts "Ki" and "+" too.
        var whole = TakeDigits(ref rest);
        var fraction = ReadOnlySpan<char>.Empty;
        if (!rest.IsEmpty && rest[0] == '.')
        {
            rest = rest[1..];
            fraction = TakeDigits(ref rest);
        }

        if (!TryInterpretSuffix(rest, out var isBinary, out var exponent, out var format))
        {
            error = IsSuffixShaped(rest)
                ? $"'{text}' is not a quantity: unknown suffix '{rest}' (use n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or an exponent)"
                : $"'{text}' is not a quantity: '{rest}' is neither a digit nor a suffix";
            return false;
        }

        if (!TryScale(whole, fraction, isBinary, exponent, out var nanos))
        {
            error = $"'{text}' is out of range for a quantity";
            return false;
        }

        if (isBinary)
        {
            nanos = Int128.Min(nanos, (Int128)long.MaxValue * NanosPerUnit);
            format = nanos > 0 && nanos < NanosPerUnit ? QuantityFormat.DecimalSI : format;
        }

        quantity = new(negative ? -nanos : nanos, format, isBinary ? AnyExponent : WrittenExponent(whole, fraction, exponent));
        error = null;
        return true;
    }

    /// <summary>The power of ten of an amount whose digits fit 64 bits.</summary>
    private static sbyte WrittenExponent(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, int exponent)
    {
        const int MostDigits = 18;
        const int LeastExponent = -9;
        var written = exponent - fraction.Length;
        return whole.TrimStart('0').Length + fraction.Length <= MostDigits && written is >= LeastExponent and <= sbyte.MaxValue ? (sbyte)written : AnyExponent;
    }

    /// <summary>The canonical text: no fraction, the largest suffix that keeps the amount exact.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        if (IsZero)
        {
            return "0";
        }

        var (units, fraction) = Int128.DivRem(Nanos, NanosPerUnit);
        var isBinary = Format == QuantityFormat.BinarySI && fraction == 0 && (units <= -1024 || units >= 1024);
        return isBinary ? BinaryText(units) : DecimalText(Nanos, Format);
    }

    private static string BinaryText(Int128 units)
    {
        var index = 0;
        while (index < BinarySuffixes.Length - 1 && units % 1024 == 0)
        {
            units /= 1024;
            index++;
        }

        return units.ToString(CultureInfo.InvariantCulture) + BinarySuffixes[index];
    }

    private static string DecimalText(Int128 nanos, QuantityFormat format)
    {
        var exponent = -9;
        while (nanos % 1000 == 0)
        {
            nanos /= 1000;
            exponent += 3;
        }

        var number = nanos.ToString(CultureInfo.InvariantCulture);
        if (exponent == 0 && format != QuantityFormat.DecimalExponent)
        {
            return number;
        }

        return format == QuantityFormat.DecimalExponent || exponent > 18
            ? string.Create(CultureInfo.InvariantCulture, $"{number}e{exponent}")
            : number + DecimalSuffixes[(exponent / 3) + 3];
    }

    private static ReadOnlySpan<char> TakeDigits(scoped ref ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? text.Length : length;
        var digits = text[..length];
        text = text[length..];
        return digits;
    }

    private static bool IsSuffixShaped(ReadOnlySpan<char> suffix)
    {
        var rest = suffix.TrimStart(SuffixCharacters);
        if (!rest.IsEmpty && rest[0] is '+' or '-')
        {
            rest = rest[1..];
        }

        return TakeDigits(ref rest).Length >= 0 && rest.IsEmpty;
    }

    private static bool TryInterpretSuffix(ReadOnlySpan<char> suffix, out bool isBinary, out int exponent, out QuantityFormat format)
    {
        isBinary = false;
        format = QuantityFormat.DecimalSI;
        for (var i = 0; i < DecimalSuffixes.Length; i++)
        {
            if (suffix.SequenceEqual(DecimalSuffixes[i]))
            {
                exponent = (i - 3) * 3;
                return true;
            }
        }

        for (var i = 1; i < BinarySuffixes.Length; i++)
        {
            if (suffix.SequenceEqual(BinarySuffixes[i]))
            {
                isBinary = true;
                format = QuantityFormat.BinarySI;
                exponent = i * 10;
                return true;
            }
        }

        format = QuantityFormat.DecimalExponent;
        exponent = 0;
        return suffix[0] is 'e' or 'E'
            && int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
            && Math.Abs((long)exponent) <= MaxExponent;
    }

    private static bool TryScale(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, bool isBinary, int exponent, out Int128 nanos)
    {
        var decimals = (isBinary ? 0 : exponent) + 9 - fraction.Length;
        if (!isBinary && whole.Length + fraction.Length <= 18 && decimals is >= 0 and <= 18)
        {
            nanos = (Int128)((Digits(whole) * Power10(fraction.Length)) + Digits(fraction)) * Power10(decimals);
            return true;
        }

        var amount = BigInteger.Parse($"0{whole}{fraction}", NumberStyles.None, CultureInfo.InvariantCulture) << (isBinary ? exponent : 0);
        if (decimals >= 0)
        {
            amount *= BigInteger.Pow(10, decimals);
        }
        else
        {
            amount = BigInteger.DivRem(amount, BigInteger.Pow(10, -decimals), out var remainder) + remainder.Sign;
        }

        var inRange = amount <= (BigInteger)Int128.MaxValue;
        nanos = inRange ? (Int128)amount : Int128.MaxValue;
        return inRange || isBinary;
    }

    private static long Digits(ReadOnlySpan<char> digits)
    {
        long value = 0;
        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }

    private static long Power10(int exponent)
    {
        long power = 1;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
