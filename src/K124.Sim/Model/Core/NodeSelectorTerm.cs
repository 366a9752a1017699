using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Requirements that must all hold; a term without any matches nothing.</summary>
public sealed record NodeSelectorTerm
{
    internal static readonly NodeSelectorTerm Default = new();

    private readonly Items<NodeSelectorRequirement> _matchExpressions;
    private readonly Items<NodeSelectorRequirement> _matchFields;

    /// <summary>Requirements on labels.</summary>
    public ImmutableArray<NodeSelectorRequirement> MatchExpressions { get => _matchExpressions.Array; init => _matchExpressions = new(value); }

    /// <summary>Requirements on fields; only <c>metadata.name</c> exists.</summary>
    public ImmutableArray<NodeSelectorRequirement> MatchFields { get => _matchFields.Array; init => _matchFields = new(value); }
}
