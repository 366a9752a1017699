using System.Diagnostics.CodeAnalysis;
using K124.Sim.Text;

namespace K124.Sim.Time;

/// <summary>A schedule in cron form, read as 1.24 reads it: five fields or a descriptor, with an optional <c>TZ=</c> or <c>CRON_TZ=</c>.</summary>
/// <remarks>Sunday is 0 and not 7. When both days of month and days of week are restricted, either suffices. Where clocks change, a
/// time that does not exist is left out, and one that comes twice is taken twice. Kubernetes 1.24 pkg/controller/cronjob, whose
/// schedules are those of robfig/cron v3.</remarks>
public sealed class CronSchedule
{
    private const int YearsSearched = 5;
    private const int HoursADay = 24;
    private const int MinutesAnHour = 60;

    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _daysOfMonth;
    private readonly ulong _months;
    private readonly ulong _daysOfWeek;
    private readonly TimeSpan _every;
    private readonly TimeZoneInfo? _zone;

    private CronSchedule(TimeZoneInfo? zone, TimeSpan every) => (_zone, _every) = (zone, every);

    private CronSchedule(TimeZoneInfo? zone, string[] fields)
    {
        _zone = zone;
        _minutes = CronField.Minutes.Parse(fields[0]);
        _hours = CronField.Hours.Parse(fields[1]);
        _daysOfMonth = CronField.DaysOfMonth.Parse(fields[2]);
        _months = CronField.Months.Parse(fields[3]);
        _daysOfWeek = CronField.DaysOfWeek.Parse(fields[4]);
    }

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">The schedule.</param>
    /// <param name="timeZones">Finds a time zone by its IANA name; null where there is none.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="error">What the API server says about it.</param>
    /// <returns>False if it is not a schedule.</returns>
    public static bool TryParse(
        string text, Func<string, TimeZoneInfo?> timeZones, [NotNullWhen(true)] out CronSchedule? schedule, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(timeZones);
        try
        {
            schedule = Parse(text, timeZones);
            error = null;
            return true;
        }
        catch (FormatException exception)
        {
            schedule = null;
            error = exception.Message;
            return false;
        }
    }

    /// <summary>The first time of the schedule after a given one.</summary>
    /// <param name="after">The time to look from.</param>
    /// <param name="zone">Time zone of a schedule that names none; UTC if null.</param>
    /// <returns>The time, or null if there is none within five years.</returns>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo? zone = null)
    {
        var second = after.AddTicks(-(after.Ticks % TimeSpan.TicksPerSecond));
        if (_every > TimeSpan.Zero)
        {
            return second + _every;
        }

        zone = _zone ?? zone ?? TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(second, zone).DateTime;
        var lastYear = local.Year + YearsSearched;
        for (var day = local.Date; day.Year <= lastYear; day = day.AddDays(1))
        {
            if (!Has(_months, day.Month))
            {
                day = new DateTime(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month), 0, 0, 0, DateTimeKind.Unspecified);
                continue;
            }

            if (MatchesDay(day) && NextOn(day, second, zone) is { } next)
            {
                return next;
            }
        }

        return null;
    }

    internal static TimeZoneInfo? FindZone(string name, Func<string, TimeZoneInfo?> timeZones) =>
        name is "UTC" or "" ? TimeZoneInfo.Utc : IsZoneName(name) ? timeZones(name) : null;

    /// <summary>Whether the name stays within the folder of time zones.</summary>
    private static bool IsZoneName(string name) => !name.Contains("..", StringComparison.Ordinal) && name[0] is not ('/' or '\\');

    private static CronSchedule Parse(string text, Func<string, TimeZoneInfo?> timeZones)
    {
        if (text.Length == 0)
        {
            throw new FormatException("empty spec string");
        }

        TimeZoneInfo? zone = null;
        if (text.StartsWith("TZ=", StringComparison.Ordinal) || text.StartsWith("CRON_TZ=", StringComparison.Ordinal))
        {
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0)
            {
                // Kubernetes 1.24 stops with an internal error here; the schedule is refused either way.
                throw new FormatException("expected exactly 5 fields, found 0: []");
            }

            var name = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..space];

            // The zone of the machine is the one that Next is asked for.
            zone = name == "Local" ? null : FindZone(name, timeZones) ?? throw new FormatException(
                $"provided bad location {name}: {(IsZoneName(name) ? $"unknown time zone {name}" : "time: invalid location name")}");
            text = text[space..].Trim();
        }

        if (text.StartsWith('@'))
        {
            return ParseDescriptor(text, zone);
        }

        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        const int FieldCount = 5;
        return fields.Length == FieldCount
            ? new(zone, fields)
            : throw new FormatException($"expected exactly {FieldCount} fields, found {fields.Length}: [{string.Join(' ', fields)}]");
    }

    private static CronSchedule ParseDescriptor(string text, TimeZoneInfo? zone)
    {
        const string Every = "@every ";
        if (text.StartsWith(Every, StringComparison.Ordinal))
        {
            var duration = GoDuration.TryParse(text[Every.Length..], out var value, out var problem)
                ? value
                : throw new FormatException($"failed to parse duration {text}: {problem}");
            var seconds = Math.Max(1, duration.Ticks / TimeSpan.TicksPerSecond);
            return new(zone, new TimeSpan(seconds * TimeSpan.TicksPerSecond));
        }

        return new(zone, text switch
        {
            "@yearly" or "@annually" => ["0", "0", "1", "1", "*"],
            "@monthly" => ["0", "0", "1", "*", "*"],
            "@weekly" => ["0", "0", "*", "*", "0"],
            "@daily" or "@midnight" => ["0", "0", "*", "*", "*"],
            "@hourly" => ["0", "*", "*", "*", "*"],
            _ => throw new FormatException($"unrecognized descriptor: {text}"),
        });
    }

    private static bool Has(ulong bits, int value) => (bits & (1UL << value)) != 0;

    private bool MatchesDay(DateTime day)
    {
        var ofMonth = Has(_daysOfMonth, day.Day);
        var ofWeek = Has(_daysOfWeek, (int)day.DayOfWeek);
        return ((_daysOfMonth | _daysOfWeek) & CronField.Star) != 0 ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    /// <summary>The first time on a day: a reading of the clock that comes twice counts twice, one that is left out never.</summary>
    private DateTimeOffset? NextOn(DateTime day, DateTimeOffset after, TimeZoneInfo zone)
    {
        DateTimeOffset? first = null;
        for (var hour = 0; hour < HoursADay; hour++)
        {
            for (var minute = 0; minute < MinutesAnHour && Has(_hours, hour); minute++)
            {
                var local = day.AddHours(hour).AddMinutes(minute);
                if (!Has(_minutes, minute) || zone.IsInvalidTime(local))
                {
                    continue;
                }

                foreach (var offset in zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local) : [zone.GetUtcOffset(local)])
                {
                    var time = new DateTimeOffset(local, offset);
                    if (time > after && (first is null || time < first))
                    {
                        first = time;
                    }
                }
            }
        }

        return first;
    }
}
