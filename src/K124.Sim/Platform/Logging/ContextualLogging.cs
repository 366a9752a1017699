using System.Collections.Immutable;

namespace K124.Sim.Platform.Logging;

/// <summary>What components call to get and derive loggers: with gate <c>ContextualLogging</c> off, names, values and contexts have no effect.</summary>
internal sealed class ContextualLogging
{
    private readonly bool _isEnabled;

    /// <summary>Makes the entry for one simulation.</summary>
    /// <param name="background">The logger for whatever has none of its own.</param>
    /// <param name="gates">The feature gates.</param>
    public ContextualLogging(Klogger background, FeatureGates gates) => (Background, _isEnabled) = (background, gates.IsEnabled("ContextualLogging"));

    /// <summary>The logger for whatever has none of its own.</summary>
    public Klogger Background { get; }

    /// <summary>What a context carries once a logger was put into it.</summary>
    /// <param name="carried">What it carried before; null for nothing.</param>
    /// <param name="logger">The logger.</param>
    public Klogger? NewContext(Klogger? carried, Klogger logger) => _isEnabled ? logger : carried;

    /// <summary>The logger of a context.</summary>
    /// <param name="carried">What the context carries; null for nothing.</param>
    public Klogger FromContext(Klogger? carried) => (_isEnabled ? carried : null) ?? Background;

    /// <summary>A logger whose name goes on.</summary>
    public Klogger LoggerWithName(Klogger logger, string name) => _isEnabled ? logger.WithName(name) : logger;

    /// <summary>A logger with more values.</summary>
    public Klogger LoggerWithValues(Klogger logger, ImmutableArray<LogPair> values) => _isEnabled ? logger.WithValues(values) : logger;
}
