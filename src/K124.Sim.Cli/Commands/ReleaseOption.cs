using System.CommandLine;
using System.CommandLine.Parsing;

namespace K124.Sim.Cli.Commands;

/// <summary>The option that chooses the release of the 1.24 series.</summary>
internal static class ReleaseOption
{
    public static Option<KubernetesRelease> Create() => new("--release")
    {
        Description = "Release whose behaviour is followed.",
        HelpName = "1.24.x",
        CustomParser = Parse,
        DefaultValueFactory = static _ => KubernetesRelease.Newest,
    };

    private static KubernetesRelease Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!KubernetesRelease.TryParse(text, out var release))
        {
            result.AddError($"--release: '{text}' is not a release from 1.24.0 to {KubernetesRelease.Newest}.");
        }

        return release;
    }
}
