using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Platform;
using K124.Sim.Platform.Logging;

namespace K124.Sim.Conformance.Platform;

/// <summary>Loggers that are derived from one another, and their lines.</summary>
internal sealed class LoggingCases : ILogSink
{
    private readonly ContextualLogging _logging;
    private readonly List<Klogger> _loggers = [];
    private readonly StringBuilder _output = new();

    private LoggingCases(JsonElement testCase)
    {
        Verbosity = testCase.Int("verbosity");
        _logging = new(new(this), FeatureGates.Of(("ContextualLogging", testCase.Flag("contextualLogging"))));
        _loggers.Add(_logging.Background);
    }

    public int Verbosity { get; }

    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var run = new LoggingCases(testCase.Json);
        var lines = testCase.Json.Items("ops").Select(run.Step).OfType<JsonNode>().ToArray();
        return CaseJson.Compare(testCase, new JsonObject { ["lines"] = CaseJson.Nodes(lines) });
    }

    public void Write(LogEntry entry) => Write(entry.Severity, entry.ToText());

    private void Write(char severity, string text) => _output.Append(severity).Append("] ").Append(text);

    private JsonObject? Step(JsonElement operation)
    {
        var logger = _loggers[operation.Int("on")];
        var (message, pairs, name) = (operation.Text("msg"), Pairs(operation), operation.Text("name"));
        _output.Clear();
        switch (operation.Text("op"))
        {
            case "withName": _loggers.Add(_logging.LoggerWithName(logger, name)); return null;
            case "withValues": _loggers.Add(_logging.LoggerWithValues(logger, pairs)); return null;
            case "directWithName": _loggers.Add(logger.WithName(name)); return null;
            case "directWithValues": _loggers.Add(logger.WithValues(pairs)); return null;
            case "v": _loggers.Add(logger.V(operation.Int("n"))); return null;
            case "throughContext": _loggers.Add(_logging.FromContext(_logging.NewContext(null, logger))); return null;
            case "todo": _loggers.Add(_logging.Background); return null;
            case "enabled": return new() { ["enabled"] = logger.IsEnabled };
            case "info": logger.Info(message, pairs); break;
            case "error": logger.Error(operation.OptionalText("err"), message, pairs); break;
            case "infoS": Write('I', KlogText.Line(message, null, pairs)); break;
            case "errorS": Write('E', KlogText.Line(message, operation.OptionalText("err"), pairs)); break;
            case "vInfoS":
                if (operation.Int("n") <= Verbosity)
                {
                    Write('I', KlogText.Line(message, null, pairs));
                }

                break;
            case var other: throw new JsonException($"unknown operation {other}");
        }

        return new() { ["output"] = _output.ToString() };
    }

    private static ImmutableArray<LogPair> Pairs(JsonElement operation)
    {
        JsonElement[] items = [.. operation.Items("pairs")];
        return [.. items.Chunk(2).Select(pair => Pair(pair[0], pair.Length > 1 ? Value(pair[1]) : LogValue.Missing))];
    }

    private static LogPair Pair(JsonElement key, LogValue value) => key.Text("t") == "string"
        ? new(key.Text("v"), value)
        : new(key.GetRawText(), value, IsPrinted: false);

    private static LogValue Value(JsonElement item)
    {
        var value = item.GetProperty("v");
        return item.Text("t") switch
        {
            "string" or "error" => LogValue.Of(value.GetString()!),
            "int" => LogValue.Of(value.GetInt64()),
            "float" => LogValue.Of(value.GetDouble()),
            "bool" => LogValue.Of(value.GetBoolean()),
            "nil" => LogValue.Nil,
            "stringer" => LogValue.Of($"S({value.GetString()})"),
            "duration" => LogValue.Of(new TimeSpan(value.GetInt64() / 100)),
            "kobj" or "kref" => Reference(value.GetString()!),
            "kobjs" => LogValue.OfList(value.EnumerateArray().Select(entry => Reference(entry.GetString()!).Text)),
            "nsname" => LogValue.Of(value.GetString()!),
            "strings" => LogValue.OfList(value.EnumerateArray().Select(entry => entry.GetString()!)),
            "map" => LogValue.OfMap(value.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, entry.Value.GetRawText()))),
            "struct" => new($"{{A:1 B:{value.GetString()}}}", IsQuoted: false),
            "bytes" => new(Text.GoText.Quote(value.GetString()!), IsQuoted: false),
            var type => throw new JsonException($"unknown type {type}"),
        };
    }

    private static LogValue Reference(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return LogValue.OfObject(text[..slash], text[(slash + 1)..]);
    }
}
