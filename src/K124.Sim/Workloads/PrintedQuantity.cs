using System.Globalization;
using System.Numerics;
using System.Text;

namespace K124.Sim.Workloads;

/// <summary>Prints a quantity as the pod template's hash needs it: how it was parsed, not what it amounts to.</summary>
internal static class PrintedQuantity
{
    private const int FastDigits = 18;
    private const int DigitGroup = 3;

    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] BinarySuffixes = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    public static void Append(StringBuilder text, string quantity)
    {
        if (quantity.Length == 0)
        {
            Append(text, "0", 0, "", "");
            return;
        }

        var end = 0;
        while (end < quantity.Length && (char.IsAsciiDigit(quantity[end]) || quantity[end] is '+' or '-' or '.'))
        {
            end++;
        }

        var (number, suffix) = (quantity[..end], quantity[end..]);
        var dot = number.IndexOf('.', StringComparison.Ordinal);
        var fraction = dot < 0 ? "" : number[(dot + 1)..];
        var value = BigInteger.Parse((dot < 0 ? number : number[..dot] + fraction).TrimStart('+'), CultureInfo.InvariantCulture);
        var binary = Array.IndexOf(BinarySuffixes, suffix);
        if (binary >= 0)
        {
            AppendBinary(text, quantity, value, fraction.Length, binary + 1);
            return;
        }

        var (exponent, format) = DecimalExponent(suffix);
        var scale = exponent - fraction.Length;
        var digits = value.IsZero ? "0" : BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture);
        if (value.IsZero)
        {
            scale = 0;
        }

        var isSimple = fraction.Length == 0 && scale % DigitGroup == 0 && !digits.EndsWith("000", StringComparison.Ordinal)
            && (value.IsZero ? quantity == "0" : number.TrimStart('-', '+')[0] != '0') && number[0] != '+';
        Append(text, value.ToString(CultureInfo.InvariantCulture), scale, isSimple ? quantity : "", format);
    }

    private static void AppendBinary(StringBuilder text, string quantity, BigInteger value, int fractionDigits, int power)
    {
        const int BitsAPower = 10;
        var isSimple = fractionDigits == 0 && !value.IsZero && ((int)(BigInteger.Abs(value) & 7)) != 0 && char.IsAsciiDigit(quantity[0]) && quantity[0] != '0';
        var amount = (value << (BitsAPower * power)) / BigInteger.Pow(BitsAPower, fractionDigits);
        Append(text, amount.ToString(CultureInfo.InvariantCulture), 0, isSimple ? quantity : "", "BinarySI");
    }

    private static (int Exponent, string Format) DecimalExponent(string suffix)
    {
        var index = Array.IndexOf(DecimalSuffixes, suffix);
        const int Units = 3;
        return index >= 0
            ? ((index - Units) * DigitGroup, "DecimalSI")
            : (int.Parse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), "DecimalExponent");
    }

    private static void Append(StringBuilder text, string value, int scale, string cached, string format)
    {
        var isFast = value.TrimStart('-').Length <= FastDigits;
        text.Append("{i:(resource.int64Amount){value:(int64)").Append(isFast ? value : "0")
            .Append(" scale:(resource.Scale)").Append(isFast ? scale.ToString(CultureInfo.InvariantCulture) : "0")
            .Append("} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)").Append(cached)
            .Append(" Format:(resource.Format)").Append(format).Append('}');
    }
}
