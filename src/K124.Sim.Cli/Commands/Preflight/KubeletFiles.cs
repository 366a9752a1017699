using System.Text.RegularExpressions;
using K124.Sim.Manifests;
using K124.Sim.Preflight;

namespace K124.Sim.Cli.Commands.Preflight;

/// <summary>What files tell of how a kubelet is started.</summary>
internal static partial class KubeletFiles
{
    /// <summary>A configuration file, or a text with flags.</summary>
    public static KubeletInput Of(string path, string text) => IsConfiguration(text) && YamlJson.TryConvert(text, out var json, out _)
        ? new(path) { ConfigurationJson = json }
        : new(path) { Arguments = [.. ArgumentsIn(text)] };

    /// <summary>The configuration that kubeadm keeps for its kubelets; null if the object is none.</summary>
    public static KubeletInput? OfConfigMap(PreflightItem item) =>
        item.Content["kind"]?.ToString() == "ConfigMap"
        && item.Content["metadata"]?["name"]?.ToString() is { } name && name.StartsWith("kubelet-config", StringComparison.Ordinal)
        && item.Content["data"]?["kubelet"]?.ToString() is { } text && YamlJson.TryConvert(text, out var json, out _)
            ? new($"ConfigMap {item.Content["metadata"]?["namespace"]}/{name}") { ConfigurationJson = json }
            : null;

    private static bool IsConfiguration(string text) => Kind().IsMatch(text);

    /// <summary>The flags in a text, with the words that follow them: whatever names the program before them does not count.</summary>
    private static IEnumerable<string> ArgumentsIn(string text)
    {
        foreach (var line in text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            if (line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            var hasFlag = false;
            foreach (var word in Words().Matches(line).Select(static match => match.Value.Trim('"', '\'')))
            {
                var flag = word.IndexOf("--", StringComparison.Ordinal);
                if (flag == 0 || (flag > 0 && word[flag - 1] is '"' or '\'' or '='))
                {
                    hasFlag = true;
                    yield return word[flag..].Trim('"', '\'');
                }
                else if (hasFlag && !word.StartsWith('$'))
                {
                    yield return word;
                }
            }
        }
    }

    [GeneratedRegex("^\\s*\"?kind\"?:\\s*\"?[A-Z]", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Kind();

    [GeneratedRegex("\\S+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Words();
}
