using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Classes;

/// <summary>A pod affinity term, checked and with its namespaces settled.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (AffinityTerm).</remarks>
internal sealed class AffinityTerm
{
    private readonly HashSet<string> _namespaces;
    private readonly CompiledSelector _namespaceSelector;
    private readonly CompiledSelector _selector;

    private AffinityTerm(HashSet<string> namespaces, CompiledSelector namespaceSelector, CompiledSelector selector, string topologyKey)
    {
        _namespaces = namespaces;
        _namespaceSelector = namespaceSelector;
        _selector = selector;
        TopologyKey = topologyKey;
    }

    public string TopologyKey { get; }

    public static AffinityTerm? TryCompile(PodAffinityTerm term, string ownerNamespace, out string? error)
    {
        var selector = CompiledSelector.TryCompile(term.LabelSelector, out error);
        if (selector is null)
        {
            return null;
        }

        var namespaceSelector = CompiledSelector.TryCompile(term.NamespaceSelector, out error);
        if (namespaceSelector is null)
        {
            return null;
        }

        var isOwnOnly = term.Namespaces.IsEmpty && term.NamespaceSelector is null;
        return new(new(isOwnOnly ? [ownerNamespace] : term.Namespaces, StringComparer.Ordinal), namespaceSelector, selector, term.TopologyKey);
    }

    /// <summary>The term of an incoming pod: its namespace selector is replaced by the namespaces that match now.</summary>
    public AffinityTerm Resolve(IEnumerable<Namespace> namespaces)
    {
        if (_namespaceSelector.MatchesEverything)
        {
            return this;
        }

        var resolved = new HashSet<string>(_namespaces, StringComparer.Ordinal);
        resolved.UnionWith(namespaces.Where(ns => _namespaceSelector.Matches(ns.Metadata.Labels)).Select(ns => ns.Metadata.Name));
        return new(resolved, CompiledSelector.Nothing, _selector, TopologyKey);
    }

    /// <summary>Whether pods of a label class are meant.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="namespaceLabels">Labels of their namespace.</param>
    public bool Matches(LabelClass pods, StringMap<string> namespaceLabels) =>
        (_namespaces.Contains(pods.Namespace) || _namespaceSelector.Matches(namespaceLabels)) && _selector.Matches(pods.Labels);
}
