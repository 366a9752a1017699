using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Classes;

/// <summary>A topology spread constraint, checked and bound to its domains and counts.</summary>
internal sealed class SpreadConstraint(string @namespace, CompiledSelector selector, int maxSkew, int minDomains, TopologyDomains domains, MatchCounter counter, Population population)
{
    public int MaxSkew { get; } = maxSkew;

    /// <summary>With fewer domains than this, the smallest count is taken for 0; 0 if that rule is off.</summary>
    public int MinDomains { get; } = minDomains;

    public TopologyDomains Domains { get; } = domains;

    /// <summary>Matching pods; terminating ones do not count.</summary>
    public MatchCounter Matching { get; } = counter;

    /// <summary>How many matching pods are on a node.</summary>
    public int MatchingOn(int row) => population.Matching(Matching).On(row);

    public bool SelectsLabels(StringMap<string> labels) => selector.Matches(labels);

    /// <summary>Whether pods are selected, terminating or not.</summary>
    public bool Selects(LabelClass pods) => pods.Namespace == @namespace && selector.Matches(pods.Labels);
}
