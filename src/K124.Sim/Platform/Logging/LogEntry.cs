using System.Collections.Immutable;

namespace K124.Sim.Platform.Logging;

/// <summary>What a logger hands to its sink.</summary>
/// <param name="Severity"><c>I</c> or <c>E</c>.</param>
/// <param name="Name">Name of the logger, its parts with slashes between them; empty if it has none.</param>
/// <param name="Message">The message.</param>
internal sealed record LogEntry(char Severity, string Name, string Message)
{
    /// <summary>The error; null if there is none.</summary>
    public string? Error { get; init; }

    /// <summary>The level.</summary>
    public int Level { get; init; }

    /// <summary>Values of the logger.</summary>
    public ImmutableArray<LogPair> OfLogger { get; init; } = [];

    /// <summary>Values of the call.</summary>
    public ImmutableArray<LogPair> OfCall { get; init; } = [];

    /// <summary>The line as text, without its header, with its end.</summary>
    public string ToText() => KlogText.Line(Name.Length > 0 ? $"{Name}: {Message}" : Message, Error, LogPairs.Combine(OfLogger, OfCall));
}
