using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;

namespace K124.Sim.Storage.Binding;

/// <summary>Where storage can be reached: a node qualifies by its labels if it meets one of several terms.</summary>
/// <remarks>The one form of what volumes (node affinity), classes (allowed topologies) and capacity objects (node topology) say.</remarks>
internal sealed class NodeTopology
{
    private readonly ImmutableArray<ImmutableArray<LabelRequirement>> _terms;

    private NodeTopology(ImmutableArray<ImmutableArray<LabelRequirement>> terms) => _terms = terms;

    public static NodeTopology Everywhere { get; } = new([[]]);

    public static NodeTopology Nowhere { get; } = new([]);

    /// <summary>Terms, of which one must hold; each is a list of requirements that must all hold.</summary>
    public ImmutableArray<ImmutableArray<LabelRequirement>> Terms => _terms;

    /// <summary>The topology of a volume. Names of nodes are not known here, so what a term says of them is passed over.</summary>
    /// <remarks>Kubernetes 1.24 component-helpers/storage/volume (CheckNodeAffinity).</remarks>
    public static NodeTopology Of(VolumeNodeAffinity? affinity) => affinity?.Required is not { } required
        ? Everywhere
        : new(
        [
            .. required.NodeSelectorTerms
                .Where(static term => !CompiledNodeTerm.IsEmpty(term))
                .Select(static term => CompiledNodeTerm.Compile(term))
                .Where(static term => term.Errors.IsEmpty)
                .Select(static term => term.Labels),
        ]);

    /// <summary>The topology of a capacity object: none if it names none or does not parse.</summary>
    public static NodeTopology Of(LabelSelector? selector) =>
        selector is not null && CompiledSelector.TryCompile(selector, out _) is { } compiled ? new([compiled.Requirements]) : Nowhere;

    /// <summary>The topology that a class allows; none given allows all.</summary>
    public static NodeTopology Of(ImmutableArray<TopologySelectorTerm> allowed)
    {
        if (allowed.IsEmpty)
        {
            return Everywhere;
        }

        var terms = ImmutableArray.CreateBuilder<ImmutableArray<LabelRequirement>>();
        foreach (var term in allowed)
        {
            var errors = new List<string>();
            ImmutableArray<LabelRequirement> requirements =
            [
                .. term.MatchLabelExpressions
                    .Select(expression => LabelRequirement.TryCreate(expression.Key, LabelOperator.In, expression.Values, "", errors))
                    .OfType<LabelRequirement>(),
            ];
            if (errors.Count == 0 && !requirements.IsEmpty)
            {
                terms.Add(requirements);
            }
        }

        return new(terms.ToImmutable());
    }

    /// <summary>Why a volume cannot be reached from a node with the given labels, as 1.24 says it; null if it can.</summary>
    public static string? Conflict(VolumeNodeAffinity? affinity, StringMap<string> nodeLabels)
    {
        if (Of(affinity).Matches(nodeLabels))
        {
            return null;
        }

        string[] errors =
        [
            .. affinity!.Required!.NodeSelectorTerms
                .Select(static (term, index) => (Term: term, Path: $"nodeSelectorTerms[{index}]"))
                .Where(static term => !CompiledNodeTerm.IsEmpty(term.Term))
                .SelectMany(static term => CompiledNodeTerm.Compile(term.Term, term.Path).Errors)
                .Distinct(StringComparer.Ordinal),
        ];
        return errors.Length switch
        {
            0 => "no matching NodeSelectorTerms",
            1 => errors[0],
            _ => $"[{string.Join(", ", errors)}]",
        };
    }

    public bool Matches(StringMap<string> labels)
    {
        foreach (var term in _terms)
        {
            if (Holds(term, labels))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(ImmutableArray<LabelRequirement> term, StringMap<string> labels)
    {
        foreach (var requirement in term)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return true;
    }
}
