using System.Buffers;
using System.Globalization;

namespace K124.Sim.Batch.Internal;

/// <summary>Reads durations such as <c>1h30m</c> or <c>1.5s</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Ticks)[] Units =
    [
        ("ns", 0.01), ("us", TimeSpan.TicksPerMicrosecond), ("µs", TimeSpan.TicksPerMicrosecond), ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        var negative = text is ['-', ..];
        var rest = text is ['-' or '+', ..] ? text[1..] : text;
        if (rest is "0")
        {
            return true;
        }

        var ticks = 0.0;
        var any = false;
        while (!rest.IsEmpty)
        {
            var number = rest.IndexOfAnyExcept(NumberCharacters);
            if (number <= 0 || !double.TryParse(rest[..number], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            rest = rest[number..];
            var end = rest.IndexOfAny(NumberCharacters);
            var unit = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[end..];
            var factor = 0.0;
            foreach (var (name, unitTicks) in Units)
            {
                factor = unit.SequenceEqual(name) ? unitTicks : factor;
            }

            if (factor == 0)
            {
                return false;
            }

            ticks += value * factor;
            any = true;
        }

        // The longest duration that the controller can hold, 2^63 - 1 nanoseconds.
        const double MostTicks = long.MaxValue / 100.0;
        if (!any || ticks > MostTicks)
        {
            return false;
        }

        duration = new((long)(negative ? -ticks : ticks));
        return true;
    }
}
