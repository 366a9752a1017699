using System.Collections.Immutable;
using K124.Sim.Manifests;
using K124.Sim.Preflight;

namespace K124.Sim.Tests.Preflight;

/// <summary>A small dump and what one rule says of it.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Yaml">The objects.</param>
/// <param name="Severity">What it finds at the worst; null if nothing.</param>
/// <param name="Field">Field of the first finding.</param>
internal sealed record RuleCase(string Rule, string Yaml, PreflightSeverity? Severity = null, string Field = "")
{
    /// <summary>Whether the objects are still to be applied.</summary>
    public bool AreManifests { get; init; }

    /// <summary>Words of a kubelet's command line.</summary>
    public ImmutableArray<string> KubeletArguments { get; init; } = [];

    /// <summary>What the rule finds.</summary>
    public PreflightFinding[] Findings() => [.. PreflightCheck.Run(Input()).Findings.Where(finding => finding.Rule == Rule)];

    /// <summary>The objects. The comment makes the text YAML rather than JSON.</summary>
    public ImmutableArray<PreflightItem> Items(string file = "") =>
        [.. ManifestTreeReader.Parse("# YAML\n" + Yaml).Trees.Select(tree => new PreflightItem(tree.Content, file, tree.Line) { IsManifest = AreManifests })];

    private PreflightInput Input() => new()
    {
        Items = Items(),
        Kubelets = KubeletArguments.IsEmpty ? [] : [new("node") { Arguments = KubeletArguments }],
    };
}
