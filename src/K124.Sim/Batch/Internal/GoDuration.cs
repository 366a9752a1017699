using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace K124.Sim.Batch.Internal;

/// <summary>Reads durations such as <c>1h30m</c> or <c>1.5s</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Ticks)[] Units =
    [
        ("ns", 0.01), ("us", TimeSpan.TicksPerMicrosecond), ("\u00B5s", TimeSpan.TicksPerMicrosecond), ("\u03BCs", TimeSpan.TicksPerMicrosecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    /// <param name="text">The text.</param>
    /// <param name="duration">The duration.</param>
    /// <param name="problem">What Go says about it.</param>
    public static bool TryParse(string text, out TimeSpan duration, [NotNullWhen(false)] out string? problem)
    {
        problem = Parse(text, out var ticks);
        duration = problem is null ? new((long)ticks) : default;
        return problem is null;
    }

    private static string? Parse(string text, out double ticks)
    {
        // The longest duration that the controller can hold, 2^63 - 1 nanoseconds.
        const double MostTicks = long.MaxValue / 100.0;
        ticks = 0;
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
            var number = rest.IndexOfAnyExcept(NumberCharacters);
            number = number < 0 ? rest.Length : number;
            if (number == 0 || !double.TryParse(rest[..number], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                return invalid;
            }

            rest = rest[number..];
            var end = rest.IndexOfAny(NumberCharacters);
            var unit = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[end..];
            if (unit.IsEmpty)
            {
                return $"time: missing unit in duration {GoText.Quote(text)}";
            }

            if (FactorOf(unit) is not { } factor)
            {
                return $"time: unknown unit {GoText.Quote(unit.ToString())} in duration {GoText.Quote(text)}";
            }

            ticks += value * factor;
        }

        if (ticks > MostTicks)
        {
            return invalid;
        }

        ticks = text[0] == '-' ? -ticks : ticks;
        return null;
    }

    private static double? FactorOf(ReadOnlySpan<char> unit)
    {
        foreach (var (name, ticks) in Units)
        {
            if (unit.SequenceEqual(name))
            {
                return ticks;
            }
        }

        return null;
    }
}
