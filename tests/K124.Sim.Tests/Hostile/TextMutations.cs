using System.Globalization;
using System.Text.RegularExpressions;

namespace K124.Sim.Tests.Hostile;

/// <summary>Ways in which people, tools and enemies spoil a JSON or YAML text.</summary>
internal static partial class TextMutations
{
    private static readonly string[] Values =
    [
        "null", "[]", "{}", "\"\"", "-1", "0", "1e400", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "0.5", "true",
        "\"1e3\"", "\"9e18\"", "\"-5\"", "\"\\ud800\"", "\"a/b/c\"", "[null]", "{\"a\":null}", "\"2262-04-12T00:00:00Z\"", "\"0001-01-01T00:00:00Z\"", "\"100%\"", "\"-1%\"", "2147483648",
    ];

    /// <summary>A text with one to three faults.</summary>
    public static string Spoil(string text, Random random)
    {
        for (var faults = 1 + random.Next(3); faults > 0; faults--)
        {
            text = random.Next(8) switch
            {
                0 => Cut(text, random),
                1 => Repeat(text, random),
                2 => Truncate(text, random),
                3 => Nest(text, random),
                _ => ReplaceValue(text, random),
            };
        }

        return text;
    }

    private static string Cut(string text, Random random)
    {
        var (start, length) = Range(text, random);
        return text.Remove(start, length);
    }

    private static string Repeat(string text, Random random)
    {
        var (start, length) = Range(text, random);
        return text.Insert(start, text.Substring(start, length));
    }

    private static string Truncate(string text, Random random) => random.Next(6) == 0 ? text[..random.Next(text.Length + 1)] : text;

    private static string Nest(string text, Random random)
    {
        var depth = random.Next(2) == 0 ? 200 : 20_000;
        return ReplaceValue(text, random, new string('[', depth) + new string(']', depth));
    }

    private static string ReplaceValue(string text, Random random) => ReplaceValue(text, random, Values[random.Next(Values.Length)]);

    private static string ReplaceValue(string text, Random random, string value)
    {
        var matches = Scalar().Matches(text);
        if (matches.Count == 0)
        {
            return text;
        }

        var match = matches[random.Next(matches.Count)].Groups["value"];
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, match.Index)}{value}{text.AsSpan(match.Index + match.Length)}");
    }

    private static (int Start, int Length) Range(string text, Random random)
    {
        var start = random.Next(text.Length + 1);
        return (start, Math.Min(random.Next(40), text.Length - start));
    }

    /// <summary>The value after a colon, or an element of a list.</summary>
    [GeneratedRegex("""(?<=[:\[,])\s*(?<value>"[^"\n]*"|[^\s,\]\}\{\["]+|[\{\[])""", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Scalar();
}
