using System.Globalization;

namespace K124.Sim.Text;

/// <summary>Durations as tables show them: two units at most, coarser the longer they are.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/util/duration.</remarks>
internal static class HumanDuration
{
    private const int DaysPerYear = 365;

    /// <summary>The text of a duration, for example <c>2m1s</c> or <c>3y</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var seconds = duration.Ticks / TimeSpan.TicksPerSecond;
        var minutes = seconds / 60;
        var hours = minutes / 60;
        var days = hours / 24;
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 120 => One(seconds, 's'),
            < 10 * 60 => Two(minutes, 'm', seconds % 60, 's'),
            < 3 * 3600 => One(minutes, 'm'),
            < 8 * 3600 => Two(hours, 'h', minutes % 60, 'm'),
            < 48 * 3600 => One(hours, 'h'),
            < 8 * 24 * 3600 => Two(days, 'd', hours % 24, 'h'),
            < 2L * DaysPerYear * 24 * 3600 => One(days, 'd'),
            < 8L * DaysPerYear * 24 * 3600 => Two(days / DaysPerYear, 'y', days % DaysPerYear, 'd'),
            _ => One(days / DaysPerYear, 'y'),
        };
    }

    private static string One(long amount, char unit) => string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}");

    private static string Two(long amount, char unit, long rest, char restUnit) => rest == 0
        ? One(amount, unit)
        : string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}{rest}{restUnit}");
}
