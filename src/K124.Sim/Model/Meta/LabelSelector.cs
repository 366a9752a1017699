using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Selects objects by label; an empty selector selects everything.</summary>
public sealed partial record LabelSelector
{
    private readonly Items<LabelSelectorRequirement> _matchExpressions;

    /// <summary>Labels that must be present with these values.</summary>
    public StringMap<string> MatchLabels { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Requirements that must all hold.</summary>
    public ImmutableArray<LabelSelectorRequirement> MatchExpressions { get => _matchExpressions.Array; init => _matchExpressions = new(value); }
}
