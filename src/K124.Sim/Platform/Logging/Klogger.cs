using System.Collections.Immutable;

namespace K124.Sim.Platform.Logging;

/// <summary>A logger with a name, values and a level of its own. Deriving from it leaves it as it is.</summary>
/// <remarks>Kubernetes 1.24 k8s.io/klog/v2 and component-base/logs; KEP-3077.</remarks>
internal sealed record Klogger
{
    private readonly ILogSink _sink;
    private string _name = "";
    private ImmutableArray<LogPair> _values = [];
    private int _level;

    /// <summary>Makes the logger that everything derives from.</summary>
    /// <param name="sink">Where its lines go.</param>
    public Klogger(ILogSink sink) => _sink = sink;

    /// <summary>Whether messages of its level are written.</summary>
    public bool IsEnabled => _level <= _sink.Verbosity;

    /// <summary>A logger whose name goes on.</summary>
    public Klogger WithName(string name) => this with { _name = _name.Length > 0 ? $"{_name}/{name}" : name };

    /// <summary>A logger with more values.</summary>
    public Klogger WithValues(ImmutableArray<LogPair> values) => this with { _values = _values.AddRange(values) };

    /// <summary>A logger whose level is so much higher: less of it is written.</summary>
    public Klogger V(int level) => this with { _level = _level + Math.Max(level, 0) };

    /// <summary>Writes a message, if its level is.</summary>
    public void Info(string message, ImmutableArray<LogPair> pairs)
    {
        if (IsEnabled)
        {
            _sink.Write(new('I', _name, message) { Level = _level, OfLogger = _values, OfCall = pairs });
        }
    }

    /// <summary>Writes an error, whatever the level.</summary>
    public void Error(string? error, string message, ImmutableArray<LogPair> pairs) =>
        _sink.Write(new('E', _name, message) { Error = error, Level = _level, OfLogger = _values, OfCall = pairs });
}
