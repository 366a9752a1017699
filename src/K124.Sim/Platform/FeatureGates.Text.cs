using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Platform;

public sealed partial class FeatureGates
{
    /// <summary>Sets gates from the text of a <c>--feature-gates</c> flag, all or none.</summary>
    /// <param name="text">Pairs such as <c>A=true,B=false</c>; of a repeated name the last value counts.</param>
    /// <returns>The new gates, or why the text is refused.</returns>
    public FeatureGateChange Set(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? pair : pair[..equals]).Trim();
            if (equals < 0)
            {
                return FeatureGateChange.Refused($"missing bool value for {name}");
            }

            var value = pair[(equals + 1)..].Trim();
            if (ParseBool(value) is not { } isEnabled)
            {
                return FeatureGateChange.Refused($"invalid value of {name}={value}, err: strconv.ParseBool: parsing {GoText.Quote(value)}: invalid syntax");
            }

            values[name] = isEnabled;
        }

        return Set(values.ToStringMap());
    }

    internal static bool? ParseBool(string text) => text switch
    {
        "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
        _ => null,
    };
}
