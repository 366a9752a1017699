using System.Globalization;

namespace K124.Sim.Cli.Output.Figures;

/// <summary>Times on the horizontal axis, in the unit that suits the longest of them.</summary>
/// <param name="Unit">Name of the unit.</param>
/// <param name="Seconds">Its length.</param>
internal sealed record TimeAxis(string Unit, double Seconds)
{
    private const double LeastUnits = 3;

    private static readonly TimeAxis[] Units = [new("days", 86_400), new("hours", 3_600), new("minutes", 60), new("seconds", 1)];

    /// <summary>What the axis is labelled with.</summary>
    public string Label => $"{Unit} from its creation";

    public static TimeAxis For(TimeSpan longest) => Array.Find(Units, unit => longest.TotalSeconds >= LeastUnits * unit.Seconds) ?? Units[^1];

    public double Of(TimeSpan time) => time.TotalSeconds / Seconds;

    public string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Of(time):0.#} {Unit}");
}
