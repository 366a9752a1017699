using System.Globalization;

namespace K124.Sim.Text;

/// <summary>Times as Go prints them into messages.</summary>
internal static class GoTime
{
    /// <summary>A time in its default form, for example <c>2022-01-01 00:00:00 +0000 UTC</c>; an absent one is the first of year 1.</summary>
    public static string Print(string? rfc3339)
    {
        _ = DateTimeOffset.TryParse(rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time);
        return time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF '+0000 UTC'", CultureInfo.InvariantCulture);
    }
}
