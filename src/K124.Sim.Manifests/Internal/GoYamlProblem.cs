using System.Globalization;
using YamlDotNet.Core;

namespace K124.Sim.Manifests.Internal;

/// <summary>What is wrong with a YAML text, as the server's own parser says it.</summary>
internal static class GoYamlProblem
{
    private const string NoKey = "did not find expected key";

    public static string Of(string yaml, YamlException exception)
    {
        var words = exception.Message == YamlScalars.NullKey ? NoKey : Words(exception.Message);
        var line = LineOf(yaml, exception);
        return line == 0 ? words : string.Create(CultureInfo.InvariantCulture, $"line {line}: {words}");
    }

    /// <summary>Only what was found, not while doing what.</summary>
    private static string Words(string message)
    {
        var comma = message.StartsWith("While ", StringComparison.Ordinal) ? message.IndexOf(", ", StringComparison.Ordinal) : -1;
        return (comma < 0 ? message : message[(comma + 2)..]).TrimEnd('.');
    }

    // Lines count from 0, and the first is not told; the end of a text stands on a line of its own; what the scanner finds is told
    // one line further on.
    private static long LineOf(string yaml, YamlException exception)
    {
        var line = exception.Start.Line - 1;
        if (exception.Start.Index >= yaml.Length && exception.Start.Column > 1)
        {
            line++;
        }

        return line > 0 && exception is SyntaxErrorException ? line + 1 : line;
    }
}
