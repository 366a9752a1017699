using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Platform;
using K124.Sim.Platform.Logging;

namespace K124.Sim.ControlPlane.Logging;

/// <summary>Writes the history of a control plane as the log of its components.</summary>
/// <remarks>
/// With the gate <c>ContextualLogging</c> each component has a logger of its own, whose name and object stand in every line; without it, as by
/// default in 1.24, they do not. Events are written at level 0, writes at level 2, and what the API server refused as an error. Where a
/// component's line names a source file, these lines name the component, and the store's revision where it names a line.
/// </remarks>
public static class TimelineLog
{
    private const int LevelOfWrites = 2;

    /// <summary>Writes entries.</summary>
    /// <param name="entries">The entries, in their order.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="form">How.</param>
    /// <param name="gates">Feature gates; those of 1.24 if null.</param>
    /// <param name="verbosity">The highest level that is written.</param>
    public static void Write(IEnumerable<TimelineEntry> entries, TextWriter output, LogForm form, FeatureGates? gates = null, int verbosity = LevelOfWrites)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(output);
        var sink = new Sink(output, form, verbosity);
        var logging = new ContextualLogging(new(sink), gates ?? FeatureGates.Default);
        foreach (var entry in entries)
        {
            sink.Begin(entry);
            Log(logging, entry);
        }
    }

    private static void Log(ContextualLogging logging, TimelineEntry entry)
    {
        ImmutableArray<LogPair> item = [new("kind", LogValue.Of(entry.Kind)), new("object", LogValue.OfObject(entry.Key.Namespace, entry.Key.Name))];
        var named = logging.LoggerWithName(logging.Background, entry.Actor);
        var logger = logging.LoggerWithValues(named, item);

        // Without the gate a component has to name its object in the call.
        var about = ReferenceEquals(logger, logging.Background) ? item : [];
        if (entry.Event is { } report)
        {
            logger.Info("Event occurred", [.. about, new("type", LogValue.Of(report.Type)), new("reason", LogValue.Of(report.Reason)), new("message", LogValue.Of(report.Message))]);
            return;
        }

        ImmutableArray<LogPair> what = [.. about, new("verb", LogValue.Of(entry.Verb)), .. entry.Subresource.Length > 0 ? [new LogPair("subresource", LogValue.Of(entry.Subresource))] : Array.Empty<LogPair>()];
        if (entry.Refusal is { } refusal)
        {
            logger.Error(refusal.Message, "Write refused", [.. what, new("reason", LogValue.Of(refusal.Reason))]);
        }
        else
        {
            logger.V(LevelOfWrites).Info("Wrote object", [.. what, new("revision", LogValue.Of(entry.Revision))]);
        }
    }

    private sealed class Sink(TextWriter output, LogForm form, int verbosity) : ILogSink
    {
        private const int ProcessId = 1;

        private DateTimeOffset _time;
        private string _caller = "";

        public int Verbosity => verbosity;

        public void Begin(TimelineEntry entry) => (_time, _caller) = (entry.Time, string.Create(CultureInfo.InvariantCulture, $"{entry.Actor}:{entry.Revision}"));

        public void Write(LogEntry entry) => output.Write(form == LogForm.Json
            ? KlogJson.Line(entry, _time, _caller) + "\n"
            : KlogText.Header(entry.Severity, _time, ProcessId, _caller) + entry.ToText());
    }
}
