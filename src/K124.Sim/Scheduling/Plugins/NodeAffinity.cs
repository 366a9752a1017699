using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods to nodes that their node selector and node affinity allow, and prefers those they prefer.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/nodeaffinity.</remarks>
internal sealed class NodeAffinity(NodeTable nodes, NodeAffinityArgs args, int index) : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IRelativeScorePlugin
{
    private const string NameField = "metadata.name";

    private static readonly PluginStatus TermsConflict =
        new(nameof(NodeAffinity), StatusCode.UnschedulableAndUnresolvable, "pod affinity terms conflict");

    private static readonly PluginStatus Mismatch =
        new(nameof(NodeAffinity), StatusCode.UnschedulableAndUnresolvable, "node(s) didn't match Pod's node affinity/selector");

    private static readonly PluginStatus EnforcedMismatch =
        new(nameof(NodeAffinity), StatusCode.UnschedulableAndUnresolvable, "node(s) didn't match scheduler-enforced node affinity");

    private readonly CompiledNodeSelector? _added = args.AddedAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is { } required
        ? CompiledNodeSelector.Compile(required)
        : null;

    private readonly ImmutableArray<(int Weight, CompiledNodeTerm Term)> _addedPreferences =
        Preferences(args.AddedAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? []);

    public string Name => nameof(NodeAffinity);

    public bool TryFollowNode(PodClass pod, int row) => ((Compiled?)pod.PluginData[index])?.PreferredWeight is null;

    public void ShareNodeData(PodClass from, PodClass to) => to.PluginData[index] = from.PluginData[index];

    public bool TryTakeOver(PodClass from, PodClass to)
    {
        to.PluginData[index] = from.PluginData[index];
        return true;
    }

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodeObject;

    public bool IsReversed => false;

    public long Raw(PodClass pod, int row) => CompiledOf(pod).PreferredWeight is { } weights ? weights[row] : 0;

    public bool IsSettled(PodClass pod) => true;

    public PreFilterResult PreFilter(PodClass pod) => CompiledOf(pod).PreFilter;

    public bool IsActive(PodClass pod) => _added is not null || !CompiledOf(pod).Required.MatchesEverything;

    public PluginStatus? Filter(PodClass pod, int row)
    {
        var node = nodes.Nodes[row];
        return _added?.Matches(node.Metadata.Name, node.Metadata.Labels) == false ? EnforcedMismatch
            : CompiledOf(pod).Required.Matches(node) ? null
            : Mismatch;
    }

    public string? PreScore(PodClass pod) => CompiledOf(pod).PreferredError;

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        if (CompiledOf(pod).PreferredWeight is not { } weights)
        {
            scores.Clear();
            return;
        }

        for (var i = 0; i < rows.Length; i++)
        {
            scores[i] = weights[rows[i]];
        }
    }

    public void NormalizeScore(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores) => Normalization.ScaleByMaximum(scores, reverse: false);

    private Compiled CompiledOf(PodClass pod) => (Compiled)(pod.PluginData[index] ??= Compile(pod));

    private Compiled Compile(PodClass pod)
    {
        var affinity = pod.Spec.Affinity?.NodeAffinity;
        var terms = Preferences(affinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? []);
        string[] errors = [.. terms.SelectMany(static term => term.Term.Errors)];
        return new(
            new RequiredNodeAffinity(pod.Spec),
            NarrowByName(affinity?.RequiredDuringSchedulingIgnoredDuringExecution),
            errors.Length switch { 0 => null, 1 => errors[0], _ => $"[{string.Join(", ", errors)}]" },
            (terms.IsEmpty && _addedPreferences.IsEmpty) || errors.Length > 0
                ? null
                : [.. nodes.Nodes.Take(nodes.RowCount).Select(node => WeightOf(node, terms.AddRange(_addedPreferences)))]);
    }

    private static ImmutableArray<(int Weight, CompiledNodeTerm Term)> Preferences(ImmutableArray<PreferredSchedulingTerm> terms) =>
    [
        .. terms
            .Select(static (term, i) => (term.Weight, Source: term.Preference, Path: $"[{i}]"))
            .Where(static term => term.Weight != 0 && !CompiledNodeTerm.IsEmpty(term.Source))
            .Select(static term => (term.Weight, CompiledNodeTerm.Compile(term.Source, term.Path))),
    ];

    private static long WeightOf(Node node, ImmutableArray<(int Weight, CompiledNodeTerm Term)> terms) =>
        terms.Where(term => term.Term.Matches(node.Metadata.Name, node.Metadata.Labels)).Sum(static term => (long)term.Weight);

    private static PreFilterResult NarrowByName(NodeSelector? required)
    {
        if (required is null || required.NodeSelectorTerms.IsEmpty)
        {
            return PreFilterResult.AllNodes;
        }

        var union = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var term in required.NodeSelectorTerms)
        {
            var names = term.MatchFields
                .Where(static field => field.Key == NameField && field.Operator == "In")
                .Aggregate(
                    (SortedSet<string>?)null,
                    static (common, field) => new((common ?? [.. field.Values]).Intersect(field.Values, StringComparer.Ordinal), StringComparer.Ordinal));
            if (names is null)
            {
                return PreFilterResult.AllNodes;
            }

            if (names.Count == 0)
            {
                return new(TermsConflict, null);
            }

            union.UnionWith(names);
        }

        return new(null, union);
    }

    /// <summary>What the plugin keeps for a class.</summary>
    /// <param name="Required">Selector and required affinity.</param>
    /// <param name="PreFilter">The nodes that required terms name, if every term names some.</param>
    /// <param name="PreferredError">Why preferred terms do not parse, or null.</param>
    /// <param name="PreferredWeight">Summed weight of the matching preferred terms by row; null without such terms.</param>
    private sealed record Compiled(RequiredNodeAffinity Required, PreFilterResult PreFilter, string? PreferredError, long[]? PreferredWeight);
}
