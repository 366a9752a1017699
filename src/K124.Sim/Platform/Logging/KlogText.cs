using System.Globalization;
using System.Text;
using K124.Sim.Text;

namespace K124.Sim.Platform.Logging;

/// <summary>Lines of a structured log as text.</summary>
/// <remarks>Kubernetes 1.24 k8s.io/klog/v2.</remarks>
internal static class KlogText
{
    /// <summary>What a line begins with.</summary>
    /// <param name="severity"><c>I</c>, <c>W</c> or <c>E</c>.</param>
    /// <param name="time">When.</param>
    /// <param name="processId">Id of the process.</param>
    /// <param name="source">File and line.</param>
    public static string Header(char severity, DateTimeOffset time, int processId, string source) =>
        string.Create(CultureInfo.InvariantCulture, $"{severity}{time:MMdd HH:mm:ss.ffffff} {processId,7} {source}] ");

    /// <summary>A line without its header, with its end.</summary>
    /// <param name="message">Message; it stays on one line.</param>
    /// <param name="error">Error; null if there is none.</param>
    /// <param name="pairs">Keys and values.</param>
    public static string Line(string message, string? error, IEnumerable<LogPair> pairs)
    {
        var line = new StringBuilder(GoText.Quote(message));
        if (error is not null)
        {
            Append(line, new("err", LogValue.Of(error)));
        }

        foreach (var pair in pairs)
        {
            Append(line, pair);
        }

        return line.Append('\n').ToString();
    }

    // Keys are printed as they are: whoever puts blanks into them makes lines that cannot be read back.
    private static void Append(StringBuilder line, LogPair pair)
    {
        line.Append(' ').Append(pair.IsPrinted ? pair.Key : "").Append('=');
        var (text, isQuoted) = pair.Value;
        if (!text.Contains('\n', StringComparison.Ordinal))
        {
            line.Append(isQuoted ? GoText.Quote(text) : text);
            return;
        }

        line.Append("<\n");
        foreach (var part in (text.EndsWith('\n') ? text[..^1] : text).Split('\n'))
        {
            line.Append('\t').Append(part).Append('\n');
        }

        line.Append(" >");
    }
}
