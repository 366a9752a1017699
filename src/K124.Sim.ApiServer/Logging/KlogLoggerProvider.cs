using System.Collections.Immutable;
using K124.Sim.ControlPlane.Logging;
using K124.Sim.Platform;
using K124.Sim.Platform.Logging;
using Microsoft.Extensions.Logging;

namespace K124.Sim.ApiServer.Logging;

/// <summary>Loggers of .NET whose lines are those of a component of Kubernetes 1.24: scopes are names and values that travel with a logger.</summary>
/// <remarks>
/// A scope that is a text goes on the logger's name; one that is a list of keys and values adds to its values. With the gate
/// <c>ContextualLogging</c> off, as by default, scopes have no effect. <see cref="LogLevel.Information"/> is level 0, <see cref="LogLevel.Debug"/>
/// level 2, <see cref="LogLevel.Trace"/> level 4; errors are always written.
/// </remarks>
public sealed class KlogLoggerProvider : ILoggerProvider
{
    private readonly ContextualLogging _logging;
    private readonly AsyncLocal<ScopeNode?> _scope = new();

    /// <summary>Makes a provider.</summary>
    /// <param name="output">Where to write; used by one thread at a time.</param>
    /// <param name="form">How.</param>
    /// <param name="clock">Times of the lines.</param>
    /// <param name="gates">Feature gates; those of 1.24 if null.</param>
    /// <param name="verbosity">The highest level that is written.</param>
    public KlogLoggerProvider(TextWriter output, LogForm form, TimeProvider clock, FeatureGates? gates = null, int verbosity = 0)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(clock);
        Sink = new(output, form, clock, verbosity);
        _logging = new(new(Sink), gates ?? FeatureGates.Default);
    }

    private KlogSink Sink { get; }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new KlogBridge(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>A scope inside another.</summary>
    private sealed class ScopeNode(KlogLoggerProvider owner, ScopeNode? outer, object state) : IDisposable
    {
        public ScopeNode? Outer => outer;

        public object State => state;

        public void Dispose() => owner._scope.Value = outer;
    }

    private sealed class KlogBridge(KlogLoggerProvider owner, string category) : ILogger
    {
        private const string MessageTemplate = "{OriginalFormat}";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scope.Value = new(owner, owner._scope.Value, state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error || (logLevel != LogLevel.None && LevelOf(logLevel) <= owner.Sink.Verbosity);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            owner.Sink.Caller = category;
            var logger = Apply(owner._scope.Value, owner._logging.LoggerWithName(owner._logging.Background, category));
            var pairs = PairsOf(state);
            var message = state is IEnumerable<KeyValuePair<string, object?>> values && values.FirstOrDefault(static pair => pair.Key == MessageTemplate).Value is string template
                && !template.Contains('{', StringComparison.Ordinal) ? template : formatter(state, exception);
            if (logLevel >= LogLevel.Error)
            {
                logger.Error(exception?.Message, message, pairs);
            }
            else
            {
                logger.V(LevelOf(logLevel)).Info(message, pairs);
            }
        }

        private static int LevelOf(LogLevel level) => level switch
        {
            LogLevel.Trace => 4,
            LogLevel.Debug => 2,
            _ => 0,
        };

        private Klogger Apply(ScopeNode? scope, Klogger logger)
        {
            if (scope is null)
            {
                return logger;
            }

            var outer = Apply(scope.Outer, logger);
            return scope.State is IEnumerable<KeyValuePair<string, object?>> && PairsOf(scope.State) is { Length: > 0 } pairs
                ? owner._logging.LoggerWithValues(outer, pairs)
                : owner._logging.LoggerWithName(outer, scope.State.ToString() ?? "");
        }

        private static ImmutableArray<LogPair> PairsOf(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values
            ? [.. values.Where(static pair => pair.Key != MessageTemplate).Select(static pair => new LogPair(pair.Key, ValueOf(pair.Value)))]
            : [];

        private static LogValue ValueOf(object? value) => value switch
        {
            null => LogValue.Nil,
            bool flag => LogValue.Of(flag),
            int number => LogValue.Of(number),
            long number => LogValue.Of(number),
            double number => LogValue.Of(number),
            TimeSpan duration => LogValue.Of(duration),
            Model.ObjectKey key => LogValue.OfObject(key.Namespace, key.Name),
            _ => LogValue.Of(value.ToString() ?? ""),
        };
    }

    private sealed class KlogSink(TextWriter output, LogForm form, TimeProvider clock, int verbosity) : ILogSink
    {
        private const int ProcessId = 1;

        public int Verbosity => verbosity;

        public string Caller { get; set; } = "";

        public void Write(LogEntry entry)
        {
            var (time, caller) = (clock.GetUtcNow(), $"{Caller}:1");
            output.Write(form == LogForm.Json ? KlogJson.Line(entry, time, caller) + "\n" : KlogText.Header(entry.Severity, time, ProcessId, caller) + entry.ToText());
        }
    }
}
