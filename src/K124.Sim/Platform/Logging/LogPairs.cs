using System.Collections.Immutable;

namespace K124.Sim.Platform.Logging;

/// <summary>A key of a log line and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsPrinted">Whether the key is a text: others tell pairs apart, but are printed as nothing.</param>
internal readonly record struct LogPair(string Key, LogValue Value, bool IsPrinted = true);

/// <summary>Lists of keys and values.</summary>
internal static class LogPairs
{
    /// <summary>The pairs of a logger and those of a call: of a key that is there several times only the last counts, at its own place.</summary>
    public static ImmutableArray<LogPair> Combine(ImmutableArray<LogPair> ofLogger, ImmutableArray<LogPair> ofCall)
    {
        var seen = new HashSet<(string, bool)>();
        var kept = new List<LogPair>(ofLogger.Length + ofCall.Length);
        foreach (var pairs in (ReadOnlySpan<ImmutableArray<LogPair>>)[ofCall, ofLogger])
        {
            kept.AddRange(pairs.Reverse().Where(pair => seen.Add((pair.Key, pair.IsPrinted))));
        }

        kept.Reverse();
        return [.. kept];
    }
}
