using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Alternatives of node requirements: a node matches if one term does.</summary>
public sealed partial record NodeSelector
{
    private readonly Items<NodeSelectorTerm> _nodeSelectorTerms;

    /// <summary>The alternatives.</summary>
    public ImmutableArray<NodeSelectorTerm> NodeSelectorTerms { get => _nodeSelectorTerms.Array; init => _nodeSelectorTerms = new(value); }
}
