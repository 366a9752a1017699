using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace K124.Sim.Conformance.ApiServer;

/// <summary>What the symbols of a transcript stand for: bound at their first appearance in an answer, put into later requests.</summary>
internal sealed partial class Symbols
{
    private const string AnyTime = "2022-05-03T00:00:00Z";

    private static readonly string[] MicroTimes = ["acquireTime", "renewTime", "eventTime", "lastObservedTime"];

    private readonly Dictionary<string, string> _bound = new(StringComparer.Ordinal);
    private int _microTimes;
    private int _strangers;

    /// <summary>Replaces the symbols of a text.</summary>
    public string Fill(string text) => text.Contains('$', StringComparison.Ordinal) ? Symbol().Replace(text, match => ValueOf(match.Value)) : text;

    /// <summary>Replaces the symbols of a document.</summary>
    public JsonNode? Fill(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                var filled = new JsonObject();
                foreach (var (name, value) in members)
                {
                    filled[Fill(name)] = MicroTimes.Contains(name) && value is JsonValue && value.ToJsonString() == "\"$time\"" ? NextMicroTime() : Fill(value);
                }

                return filled;
            case JsonArray items:
                return new JsonArray([.. items.Select(Fill)]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                var text = value.GetValue<string>();
                return text.StartsWith("$port:", StringComparison.Ordinal) && _bound.TryGetValue(text, out var port)
                    ? JsonValue.Create(long.Parse(port, CultureInfo.InvariantCulture))
                    : JsonValue.Create(Fill(text));
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>The same symbols, to try something out with.</summary>
    public Symbols Copy()
    {
        var copy = new Symbols();
        foreach (var (symbol, value) in _bound)
        {
            copy._bound.Add(symbol, value);
        }

        return copy;
    }

    /// <summary>Whether a symbol stands for something.</summary>
    public bool IsBound(string symbol) => _bound.ContainsKey(symbol);

    /// <summary>Replaces the symbols of an object that was seen and not made here: times are some time, and what is not known yet is left out.</summary>
    public JsonNode FillAll(JsonObject source)
    {
        var filled = (JsonObject)Fill(source)!;
        var metadata = (JsonObject)filled["metadata"]!;
        metadata.Remove("resourceVersion");
        if (metadata["uid"] is { } uid && uid.GetValue<string>().StartsWith('$'))
        {
            metadata["uid"] = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{++_strangers:D12}");
        }

        return filled;
    }

    /// <summary>Compares a text with one that holds symbols, and binds them.</summary>
    public bool Match(string expected, string actual)
    {
        if (!expected.Contains('$', StringComparison.Ordinal))
        {
            return expected == actual;
        }

        var symbols = new List<string>();
        var pattern = new StringBuilder("^");
        var position = 0;
        foreach (Match symbol in Symbol().Matches(expected))
        {
            pattern.Append(Regex.Escape(expected[position..symbol.Index])).Append(PatternOf(symbol.Value, symbols));
            position = symbol.Index + symbol.Length;
        }

        pattern.Append(Regex.Escape(expected[position..])).Append('$');
        var match = Regex.Match(actual, pattern.ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        if (!match.Success)
        {
            return false;
        }

        for (var i = 0; i < symbols.Count; i++)
        {
            if (!Bind(symbols[i], match.Groups[i + 1].Value))
            {
                return false;
            }
        }

        return true;
    }

    private bool Bind(string symbol, string value)
    {
        if (_bound.TryGetValue(symbol, out var known) && !IsLoose(symbol))
        {
            return known == value;
        }

        _bound[symbol] = value;
        return !symbol.StartsWith("$rv:", StringComparison.Ordinal) || KeepsOrder(symbol, value);
    }

    /// <summary>Versions are numbered in the order of their values.</summary>
    private bool KeepsOrder(string symbol, string value)
    {
        var number = NumberOf(symbol);
        var version = long.Parse(value, CultureInfo.InvariantCulture);
        return _bound.Where(other => other.Key.StartsWith("$rv:", StringComparison.Ordinal) && other.Key != symbol)
            .All(other => NumberOf(other.Key).CompareTo(number) == long.Parse(other.Value, CultureInfo.InvariantCulture).CompareTo(version));
    }

    /// <summary>A version that no answer has shown yet, such as that of a list: none of those with smaller numbers comes after it.</summary>
    private string? VersionBefore(string symbol) => _bound.Where(other => other.Key.StartsWith("$rv:", StringComparison.Ordinal) && NumberOf(other.Key) < NumberOf(symbol))
        .OrderByDescending(other => NumberOf(other.Key)).Select(other => other.Value).FirstOrDefault();

    // Clocks go on between requests.
    private string NextMicroTime() => string.Create(CultureInfo.InvariantCulture, $"2022-05-03T00:00:00.{++_microTimes:D6}Z");

    private static int NumberOf(string symbol) => int.Parse(symbol[(symbol.IndexOf(':', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);

    private static bool IsLoose(string symbol) =>
        symbol.StartsWith("$mt:", StringComparison.Ordinal) || symbol.StartsWith("$crv:", StringComparison.Ordinal);

    private static string PatternOf(string symbol, List<string> symbols)
    {
        switch (symbol)
        {
            case "$any":
                return ".*";
            case "$time":
                return @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z";
            case "$age":
                return @"(?:\d+[dhmsy])+|<unknown>|<invalid>".Insert(0, "(?:") + ")";
        }

        symbols.Add(symbol);
        var kind = symbol[1..symbol.IndexOf(':', StringComparison.Ordinal)];
        return kind switch
        {
            "uid" => "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
            "rv" or "lrv" or "crv" or "port" => @"(\d+)",
            "ts" or "mt" => @"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)",
            "ip" => "([0-9a-f.:]+)",
            _ => "(.+?)",
        };
    }

    private string ValueOf(string symbol) => _bound.TryGetValue(symbol, out var value) ? value
        : symbol.StartsWith("$rv:", StringComparison.Ordinal) && VersionBefore(symbol) is { } version ? version
        : symbol is "$time" or "$any" || symbol.StartsWith("$mt:", StringComparison.Ordinal) || symbol.StartsWith("$ts:", StringComparison.Ordinal) ? AnyTime
        : symbol;

    [GeneratedRegex(@"\$(?:(?:uid|name|continue|token|ip|port|rv|lrv|crv|ts|mt|tmp):\d+|time|age|any)(?![A-Za-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Symbol();
}
