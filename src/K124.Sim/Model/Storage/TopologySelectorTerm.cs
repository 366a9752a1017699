using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Requirements on a topology that must all hold.</summary>
public sealed record TopologySelectorTerm
{
    private readonly Items<TopologySelectorLabelRequirement> _matchLabelExpressions;

    /// <summary>The requirements.</summary>
    public ImmutableArray<TopologySelectorLabelRequirement> MatchLabelExpressions { get => _matchLabelExpressions.Array; init => _matchLabelExpressions = new(value); }
}
