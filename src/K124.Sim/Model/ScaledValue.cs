using System.Globalization;
using K124.Sim.Text;

namespace K124.Sim.Model;

/// <summary>Shares of a total, as in surges and disruption budgets.</summary>
internal static class ScaledValue
{
    private const double Whole = 100;

    /// <summary>A number as it is, a percentage as that share of a total.</summary>
    /// <param name="value">The value.</param>
    /// <param name="total">What percentages are of.</param>
    /// <param name="roundUp">Whether parts count as one more.</param>
    /// <param name="error">What is wrong with the value; null if nothing.</param>
    /// <returns>The share; 0 if there is an error.</returns>
    public static int Of(IntOrString value, int total, bool roundUp, out string? error)
    {
        error = null;
        if (value.Number is { } number)
        {
            return number;
        }

        var text = value.Text!;
        if (!text.EndsWith('%'))
        {
            error = "invalid value for IntOrString: invalid type: string is not a percentage";
            return 0;
        }

        if (!int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var percent))
        {
            error = $"invalid value for IntOrString: invalid value {GoText.Quote(text)}: strconv.Atoi: parsing {GoText.Quote(text[..^1])}: invalid syntax";
            return 0;
        }

        var share = percent * (double)total / Whole;
        return (int)(roundUp ? Math.Ceiling(share) : Math.Floor(share));
    }
}
