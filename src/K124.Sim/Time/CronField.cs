using System.Globalization;
using K124.Sim.Text;

namespace K124.Sim.Time;

/// <summary>One field of a cron schedule as a set of bits, with the parser's own errors.</summary>
/// <param name="Min">Lowest value.</param>
/// <param name="Max">Highest value.</param>
/// <param name="Names">Names of the values from <paramref name="Min"/> on; empty for none.</param>
internal sealed record CronField(int Min, int Max, params string[] Names)
{
    /// <summary>Set when the field was a star, which counts when both days of month and days of week are given.</summary>
    public const ulong Star = 1UL << 63;

    public static CronField Minutes { get; } = new(0, 59);

    public static CronField Hours { get; } = new(0, 23);

    public static CronField DaysOfMonth { get; } = new(1, 31);

    public static CronField Months { get; } = new(1, 12, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    public static CronField DaysOfWeek { get; } = new(0, 6, "sun", "mon", "tue", "wed", "thu", "fri", "sat");

    /// <exception cref="FormatException">The text is not such a field; the message is the parser's.</exception>
    public ulong Parse(string text)
    {
        var bits = 0UL;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            bits |= ParseRange(part);
        }

        return bits;
    }

    private ulong ParseRange(string text)
    {
        var rangeAndStep = text.Split('/');
        var ends = rangeAndStep[0].Split('-');
        var single = ends.Length == 1;
        long start, end;
        var star = 0UL;
        if (ends[0] is "*" or "?")
        {
            (start, end, star) = (Min, Max, Star);
        }
        else
        {
            start = ParseValue(ends[0]);
            end = ends.Length switch
            {
                1 => start,
                2 => ParseValue(ends[1]),
                _ => throw new FormatException($"too many hyphens: {text}"),
            };
        }

        var step = 1L;
        switch (rangeAndStep.Length)
        {
            case 1:
                break;
            case 2:
                step = ParseInteger(rangeAndStep[1]);
                end = single ? Max : end;
                star = step > 1 ? 0 : star;
                break;
            default:
                throw new FormatException($"too many slashes: {text}");
        }

        return (start < Min ? throw new FormatException($"beginning of range ({start}) below minimum ({Min}): {text}")
            : end > Max ? throw new FormatException($"end of range ({end}) above maximum ({Max}): {text}")
            : start > end ? throw new FormatException($"beginning of range ({start}) beyond end of range ({end}): {text}")
            : step == 0 ? throw new FormatException($"step of range should be a positive number: {text}")
            : Bits(start, end, step)) | star;
    }

    private long ParseValue(string text)
    {
        var name = Array.IndexOf(Names, text.ToLowerInvariant());
        return name >= 0 ? name + Min : ParseInteger(text);
    }

    private static long ParseInteger(string text)
    {
        if (!GoInteger.TryParse(text, out var value))
        {
            var digits = text is ['-' or '+', ..] ? text.AsSpan(1) : text;
            var problem = digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') ? "invalid syntax" : "value out of range";
            throw new FormatException($"failed to parse int from {text}: strconv.Atoi: parsing {GoText.Quote(text)}: {problem}");
        }

        return value >= 0 ? value : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"negative number ({value}) not allowed: {text}"));
    }

    private static ulong Bits(long start, long end, long step)
    {
        var bits = 0UL;
        for (var value = start; value <= end && value >= 0; value += Math.Min(step, long.MaxValue - value))
        {
            bits |= 1UL << (int)value;
        }

        return bits;
    }
}
