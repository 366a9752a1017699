using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace K124.Sim.Text;

/// <summary>Durations as Go reads and writes them, such as <c>1h30m0s</c> or <c>1.5s</c>.</summary>
internal static class GoDuration
{
    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;
    private const int NanosPerTick = 100;

    // The longest duration is 2^63 - 1 nanoseconds; the shortest is one longer.
    private const ulong MostNanos = 1UL << 63;

    private static readonly (string Unit, ulong Nanos)[] Units =
    [
        ("ns", 1), ("us", Microsecond), ("\u00B5s", Microsecond), ("\u03BCs", Microsecond), ("ms", Millisecond),
        ("s", Second), ("m", 60 * Second), ("h", 3600 * Second),
    ];

    /// <summary>Reads a duration, to the tick.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration.</param>
    /// <param name="problem">What Go says about it.</param>
    public static bool TryParse(string text, out TimeSpan duration, [NotNullWhen(false)] out string? problem)
    {
        var isRead = TryParseNanos(text, out var nanos, out problem);
        duration = new(nanos / NanosPerTick);
        return isRead;
    }

    /// <summary>Reads a duration, to the nanosecond.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nanos">The duration in nanoseconds.</param>
    /// <param name="problem">What Go says about it.</param>
    public static bool TryParseNanos(string text, out long nanos, [NotNullWhen(false)] out string? problem)
    {
        nanos = 0;
        problem = Read(text, out var magnitude);
        if (problem is not null)
        {
            return false;
        }

        nanos = text.StartsWith('-') ? unchecked(-(long)magnitude) : (long)magnitude;
        return true;
    }

    /// <summary>Writes a duration.</summary>
    public static string Text(TimeSpan duration) => Text(duration.Ticks * NanosPerTick);

    /// <summary>Writes a duration of nanoseconds.</summary>
    public static string Text(long nanos)
    {
        var sign = nanos < 0 ? "-" : "";
        var magnitude = nanos < 0 ? unchecked((ulong)-nanos) : (ulong)nanos;
        return sign + magnitude switch
        {
            0 => "0s",
            < Microsecond => string.Create(CultureInfo.InvariantCulture, $"{magnitude}ns"),
            < Millisecond => $"{Decimal(magnitude, Microsecond)}\u00B5s",
            < Second => $"{Decimal(magnitude, Millisecond)}ms",
            _ => Long(magnitude),
        };
    }

    private static string Long(ulong nanos)
    {
        var minutes = nanos / Second / 60;
        var seconds = $"{Decimal(nanos - (minutes * 60 * Second), Second)}s";
        return minutes switch
        {
            0 => seconds,
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{minutes}m{seconds}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}h{minutes % 60}m{seconds}"),
        };
    }

    private static string Decimal(ulong nanos, long unit) => ((decimal)nanos / unit).ToString("0.#########", CultureInfo.InvariantCulture);

    private static string? Read(string text, out ulong nanos)
    {
        nanos = 0;
        var invalid = $"time: invalid duration {GoText.Quote(text)}";
        var rest = text is ['-' or '+', ..] ? text.AsSpan(1) : text;
        if (rest is "0")
        {
            return null;
        }

        if (rest.IsEmpty)
        {
            return invalid;
        }

        while (!rest.IsEmpty)
        {
            if (!TryNumber(ref rest, out var whole, out var fraction, out var scale))
            {
                return invalid;
            }

            var end = rest.IndexOfAnyInRange('0', '9');
            var dot = rest.IndexOf('.');
            end = end < 0 || (dot >= 0 && dot < end) ? dot : end;
            var unit = end < 0 ? rest : rest[..end];
            rest = rest[unit.Length..];
            if (unit.IsEmpty)
            {
                return $"time: missing unit in duration {GoText.Quote(text)}";
            }

            if (NanosOf(unit) is not { } factor)
            {
                return $"time: unknown unit {GoText.Quote(unit.ToString())} in duration {GoText.Quote(text)}";
            }

            if (whole > MostNanos / factor)
            {
                return invalid;
            }

            nanos += (whole * factor) + (fraction > 0 ? (ulong)(fraction * (factor / scale)) : 0);
            if (nanos > MostNanos)
            {
                return invalid;
            }
        }

        return nanos > MostNanos - (text[0] == '-' ? 0UL : 1UL) ? invalid : null;
    }

    /// <summary>Takes a decimal number off the front. What of its fraction is beyond a long is dropped, as Go does.</summary>
    private static bool TryNumber(ref ReadOnlySpan<char> rest, out ulong whole, out double fraction, out double scale)
    {
        (whole, fraction, scale) = (0, 0, 1);
        var digits = 0;
        for (; digits < rest.Length && char.IsAsciiDigit(rest[digits]); digits++)
        {
            if (whole > MostNanos / 10)
            {
                return false;
            }

            whole = (whole * 10) + (ulong)(rest[digits] - '0');
        }

        var hasDigits = digits > 0;
        rest = rest[digits..];
        if (rest is ['.', ..])
        {
            var places = 1;
            for (; places < rest.Length && char.IsAsciiDigit(rest[places]); places++)
            {
                if (fraction <= MostNanos / 10)
                {
                    (fraction, scale) = ((fraction * 10) + (rest[places] - '0'), scale * 10);
                }
            }

            hasDigits |= places > 1;
            rest = rest[places..];
        }

        return hasDigits && whole <= MostNanos;
    }

    private static ulong? NanosOf(ReadOnlySpan<char> unit)
    {
        foreach (var (name, nanos) in Units)
        {
            if (unit.SequenceEqual(name))
            {
                return nanos;
            }
        }

        return null;
    }
}
