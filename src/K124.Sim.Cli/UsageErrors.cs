using System.Text.RegularExpressions;

namespace K124.Sim.Cli;

/// <summary>Puts what the parser says of a command line into the words of this tool.</summary>
internal static partial class UsageErrors
{
    /// <summary>The messages, each once; where a rule of an option says what is wrong with its value, the parser's own words go.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> messages)
    {
        string[] all = [.. messages.Distinct(StringComparer.Ordinal)];
        foreach (var message in all)
        {
            if (Unparsed().Match(message) is not { Success: true } unparsed)
            {
                yield return message;
                continue;
            }

            var name = unparsed.Groups["name"].Value;
            if (!all.Any(other => other.StartsWith($"{name}:", StringComparison.Ordinal)))
            {
                yield return $"{name}: '{unparsed.Groups["value"].Value}' is not {Wanted(unparsed.Groups["type"].Value)}.";
            }
        }
    }

    private static string Wanted(string type) =>
        type.Contains("Int", StringComparison.Ordinal) ? "a whole number"
        : type.Contains("Double", StringComparison.Ordinal) || type.Contains("Single", StringComparison.Ordinal) ? "a number"
        : type.Contains("Boolean", StringComparison.Ordinal) ? "true or false"
        : "a value that it takes";

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for (?:option|command|argument) '(?<name>[^']+)' as expected type '(?<type>[^']+)'", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Unparsed();
}
