using System.CommandLine.Parsing;
using K124.Sim.Text;

namespace K124.Sim.Cli.Commands;

/// <summary>Reads a duration as Go's tools do: <c>90s</c>, <c>10m</c>, <c>1h30m</c>.</summary>
internal static class DurationArgument
{
    public static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (GoDuration.TryParse(text, out var duration, out _) && duration >= TimeSpan.Zero)
        {
            return duration;
        }

        result.AddError($"'{text}' is not a duration such as 90s, 10m or 1h30m.");
        return null;
    }
}
