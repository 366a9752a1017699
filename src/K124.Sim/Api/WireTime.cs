using System.Globalization;

namespace K124.Sim.Api;

/// <summary>Times as objects carry them: whole seconds.</summary>
internal static class WireTime
{
    public static DateTimeOffset WholeSeconds(this DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));

    /// <summary>A time as components print it into errors.</summary>
    public static string GoText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF '+0000 UTC'", CultureInfo.InvariantCulture);
}
