using System.Globalization;

namespace K124.Sim.Text;

/// <summary>Floating-point numbers as Go prints them when no format is asked for.</summary>
internal static class GoFloat
{
    private const int MostPlainDigits = 6;

    /// <summary>The fewest digits that tell the number from its neighbours; with an exponent if it is large or small.</summary>
    /// <param name="value">The number.</param>
    public static string Text(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0" : "0";
        }

        var (sign, digits, exponent) = Parts(value);
        if (exponent < -4 || exponent >= MostPlainDigits)
        {
            var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
            var exponentSign = exponent < 0 ? '-' : '+';
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{exponentSign}{Math.Abs(exponent):D2}");
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        var whole = exponent + 1;
        return digits.Length <= whole ? sign + digits.PadRight(whole, '0') : $"{sign}{digits[..whole]}.{digits[whole..]}";
    }

    private static (string Sign, string Digits, int Exponent) Parts(double value)
    {
        var text = Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture);
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mantissa = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        var exponent = int.Parse(text[(text.IndexOf('E', StringComparison.Ordinal) + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (value < 0 ? "-" : "", mantissa, exponent);
    }
}
