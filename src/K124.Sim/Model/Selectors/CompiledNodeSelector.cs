using System.Collections.Immutable;

namespace K124.Sim.Model.Selectors;

/// <summary>A node selector with its terms checked: a node matches if one term does.</summary>
internal sealed class CompiledNodeSelector
{
    private readonly ImmutableArray<CompiledNodeTerm> _terms;

    private CompiledNodeSelector(ImmutableArray<CompiledNodeTerm> terms) => _terms = terms;

    public static CompiledNodeSelector Compile(NodeSelector selector) =>
        new([.. selector.NodeSelectorTerms.Where(term => !CompiledNodeTerm.IsEmpty(term)).Select(term => CompiledNodeTerm.Compile(term))]);

    public bool Matches(string nodeName, StringMap<string> nodeLabels)
    {
        foreach (var term in _terms)
        {
            if (term.Matches(nodeName, nodeLabels))
            {
                return true;
            }
        }

        return false;
    }
}
