using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Schema;

/// <summary>Times of the API in their JSON form: RFC 3339, whole seconds in UTC, or six digits of a second.</summary>
internal static class ApiTime
{
    private const string SecondsLayout = "2006-01-02T15:04:05Z07:00";
    private const string MicrosecondsLayout = "2006-01-02T15:04:05.000000Z07:00";
    private const int DateLength = 19;
    private const int Digits = 6;

    /// <summary>Writes a time as the server stores it.</summary>
    /// <param name="text">The time as sent.</param>
    /// <param name="inMicroseconds">Whether it has six digits of a second, no more and no less.</param>
    /// <param name="normal">The time in UTC.</param>
    /// <param name="error">What the server says of it.</param>
    /// <returns>False if it is no time.</returns>
    public static bool TryNormalize(string text, bool inMicroseconds, [NotNullWhen(true)] out string? normal, [NotNullWhen(false)] out string? error)
    {
        normal = null;
        error = null;
        var layout = inMicroseconds ? MicrosecondsLayout : SecondsLayout;
        var at = text.Length < DateLength ? FirstMisfit(text) : HasDate(text) ? DateLength : FirstMisfit(text);
        if (at < DateLength)
        {
            error = Cannot(text, layout, text[at..], LayoutPart(at));
            return false;
        }

        var fraction = FractionLength(text);
        if (inMicroseconds && fraction > Digits + 1)
        {
            error = Cannot(text, layout, text[(DateLength + Digits + 1)..], "Z07:00");
            return false;
        }

        if (inMicroseconds && fraction != Digits + 1)
        {
            error = Cannot(text, layout, text[DateLength..], ".000000");
            return false;
        }

        var zone = text[(DateLength + fraction)..];
        if (!TryOffset(zone, out var offset))
        {
            error = Cannot(text, layout, zone, "Z07:00");
            return false;
        }

        if (!DateTime.TryParseExact(text[..DateLength], "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            error = $"parsing time {GoText.Quote(text)}: {OutOfRange(text)} out of range";
            return false;
        }

        var time = local - offset;
        normal = time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
            + (inMicroseconds ? text.Substring(DateLength, Digits + 1) : "") + "Z";
        return true;
    }

    private static string Cannot(string text, string layout, string rest, string part) =>
        $"parsing time {GoText.Quote(text)} as {GoText.Quote(layout)}: cannot parse {GoText.Quote(rest)} as {GoText.Quote(part)}";

    private static bool HasDate(string text) => FirstMisfit(text) == DateLength;

    private static int FirstMisfit(string text)
    {
        const string Shape = "dddd-dd-ddTdd:dd:dd";
        for (var i = 0; i < Shape.Length; i++)
        {
            if (i >= text.Length || (Shape[i] == 'd' ? !char.IsAsciiDigit(text[i]) : text[i] != Shape[i]))
            {
                return i < text.Length && Shape[i] != 'd' ? i : PartStart(i);
            }
        }

        return DateLength;
    }

    private static int PartStart(int index) => index switch
    {
        < 4 => 0,
        < 5 => 4,
        < 7 => 5,
        < 8 => 7,
        < 10 => 8,
        < 11 => 10,
        < 13 => 11,
        < 14 => 13,
        < 16 => 14,
        < 17 => 16,
        _ => 17,
    };

    private static string LayoutPart(int start) => start switch
    {
        0 => "2006",
        4 or 7 => "-",
        5 => "01",
        8 => "02",
        10 => "T",
        11 => "15",
        14 => "04",
        17 => "05",
        _ => ":",
    };

    private static int FractionLength(string text)
    {
        var end = DateLength;
        if (end < text.Length && text[end] == '.')
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }
        }

        return end - DateLength is 1 ? 0 : end - DateLength;
    }

    private static bool TryOffset(string zone, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (zone == "Z")
        {
            return true;
        }

        if (zone.Length != 6 || zone[0] is not ('+' or '-') || zone[3] != ':'
            || !int.TryParse(zone.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(zone.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (zone[0] == '-' ? -1 : 1);
        return true;
    }

    private static string OutOfRange(string text)
    {
        if (int.Parse(text.AsSpan(5, 2), CultureInfo.InvariantCulture) is < 1 or > 12)
        {
            return "month";
        }

        if (int.Parse(text.AsSpan(11, 2), CultureInfo.InvariantCulture) > 23)
        {
            return "hour";
        }

        if (int.Parse(text.AsSpan(14, 2), CultureInfo.InvariantCulture) > 59)
        {
            return "minute";
        }

        return int.Parse(text.AsSpan(17, 2), CultureInfo.InvariantCulture) > 59 ? "second" : "day";
    }
}
