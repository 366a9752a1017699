using System.Text.RegularExpressions;
using K124.Sim.Nodes.KubeletStart;

namespace K124.Sim.Preflight.Rules;

/// <summary>Kubelets whose command line or configuration file 1.24 refuses or warns of.</summary>
internal sealed record KubeletFlagRule() : PreflightRule("kubelet-flags", "Kubelets that do not start with their flags and configuration", PreflightSeverity.Block)
{
    private static readonly string[] Removed =
    [
        "experimental-dockershim-root-directory", "docker-endpoint", "image-pull-progress-deadline", "network-plugin", "cni-conf-dir", "cni-bin-dir",
        "cni-cache-dir", "network-plugin-mtu", "dynamic-config-dir",
    ];

    public override IEnumerable<PreflightFinding> Check(PreflightContext context) => context.Input.Kubelets.SelectMany(Check);

    private IEnumerable<PreflightFinding> Check(KubeletInput kubelet)
    {
        // The kubelet names only the first flag that it does not know: all removed ones are told here, and the rest is judged without them.
        var kept = new List<string>();
        for (var i = 0; i < kubelet.Arguments.Length; i++)
        {
            var word = kubelet.Arguments[i];
            var name = NameOf(word);
            if (!Removed.Contains(name))
            {
                kept.Add(word);
                continue;
            }

            yield return Finding(
                kubelet,
                $"--{name}",
                PreflightSeverity.Block,
                $"the kubelet ends: failed to parse kubelet flag: unknown flag: --{name}",
                name == "dynamic-config-dir" ? "take the flag out and move the configuration to a file" : "take the flag out; networks are the runtime's matter now");
            if (!word.Contains('=', StringComparison.Ordinal) && i + 1 < kubelet.Arguments.Length && !kubelet.Arguments[i + 1].StartsWith('-'))
            {
                i++;
            }
        }

        var start = KubeletStartResult.Run(kept, kubelet.ConfigurationJson, kubelet.File);
        if (start.Exit is { } exit)
        {
            yield return Finding(kubelet, FieldOf(exit), PreflightSeverity.Block, $"the kubelet ends: {exit}", "correct the flag or the file");
        }

        foreach (var warning in start.Warnings.Distinct(StringComparer.Ordinal))
        {
            yield return Finding(kubelet, FieldOf(warning), PreflightSeverity.Info, warning, "set it in the configuration file, or do without it");
        }
    }

    private PreflightFinding Finding(KubeletInput kubelet, string field, PreflightSeverity severity, string behavior, string remedy) =>
        new(Id, severity, new("", "Kubelet", "", kubelet.File) { File = kubelet.File }, field, behavior, remedy);

    private static string NameOf(string word)
    {
        if (!word.StartsWith("--", StringComparison.Ordinal))
        {
            return "";
        }

        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return (equals < 0 ? word[2..] : word[2..equals]).Replace('_', '-');
    }

    private static string FieldOf(string message) => Regex.Match(message, "--[a-z0-9-]+", RegexOptions.NonBacktracking).Value;
}
