using System.Globalization;

namespace K124.Sim.Storage.Volumes;

/// <summary>Texts as Kubernetes' own language reads and prints them in messages.</summary>
internal static class GoText
{
    /// <summary>A text in double quotes, with quotes and backslashes escaped.</summary>
    public static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Reads a decimal integer of 64 bits.</summary>
    public static bool TryParseInteger(string text, out long number, out string? error)
    {
        error = null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        var isNumber = text.TrimStart('+', '-') is { Length: > 0 } digits && digits.Length >= text.Length - 1 && digits.All(char.IsAsciiDigit);
        error = $"strconv.Atoi: parsing {Quote(text)}: {(isNumber ? "value out of range" : "invalid syntax")}";
        return false;
    }

    /// <summary>A set of texts as a map of empty values, in order: <c>map[a:{} b:{}]</c>.</summary>
    public static string Set(IEnumerable<string> texts) => $"map[{string.Join(' ', texts.Order(StringComparer.Ordinal).Select(text => text + ":{}"))}]";
}
