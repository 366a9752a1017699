using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Scopes that a quota counts.</summary>
public sealed record ScopeSelector
{
    private readonly Items<ScopedResourceSelectorRequirement> _matchExpressions;

    /// <summary>Requirements, all of which hold.</summary>
    public ImmutableArray<ScopedResourceSelectorRequirement> MatchExpressions { get => _matchExpressions.Array; init => _matchExpressions = new(value); }
}
