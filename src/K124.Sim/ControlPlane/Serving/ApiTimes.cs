using System.Globalization;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Times as objects carry them.</summary>
internal static class ApiTimes
{
    /// <summary>Whole seconds, in UTC.</summary>
    public static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time without its fraction of a second.</summary>
    public static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));

    /// <summary>The time of a text as <see cref="Seconds"/> writes it; null if it is none.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
