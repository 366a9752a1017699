using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class InterPodAffinity
{
    private static readonly PluginStatus AffinityMismatch =
        new(nameof(InterPodAffinity), StatusCode.UnschedulableAndUnresolvable, "node(s) didn't match pod affinity rules");

    private static readonly PluginStatus AntiAffinityMismatch =
        new(nameof(InterPodAffinity), StatusCode.Unschedulable, "node(s) didn't match pod anti-affinity rules");

    private static readonly PluginStatus ExistingAntiAffinityMismatch =
        new(nameof(InterPodAffinity), StatusCode.Unschedulable, "node(s) didn't satisfy existing pods anti-affinity rules");

    public bool IsSettled(PodClass pod) => true;

    public PreFilterResult PreFilter(PodClass pod)
    {
        var compiled = CompiledOf(pod);
        if (compiled.Error is { } error)
        {
            return new(new(Name, StatusCode.UnschedulableAndUnresolvable, error), null);
        }

        pod.Counters!.CatchUp();
        return PreFilterResult.AllNodes;
    }

    public PluginStatus? Filter(PodClass pod, int row) => Filter(CompiledOf(pod), row);

    public int Narrow(PodClass pod, Span<int> rows)
    {
        var compiled = CompiledOf(pod);
        var kept = 0;
        foreach (var row in rows)
        {
            rows[kept] = row;
            kept += Filter(compiled, row) is null ? 1 : 0;
        }

        return kept;
    }

    public void AddPod(PodClass pod, PodEntry added) => Follow(pod, added, 1);

    public void RemovePod(PodClass pod, PodEntry removed) => Follow(pod, removed, -1);

    private static PluginStatus? Filter(Compiled compiled, int row) =>
        !SatisfiesAffinity(compiled, row) ? AffinityMismatch
        : IsPositive(compiled.AntiAffinitySums, row) ? AntiAffinityMismatch
        : IsPositive(compiled.ExistingAntiSums, row) ? ExistingAntiAffinityMismatch
        : null;

    private static bool IsPositive(List<DomainCounter> all, int row)
    {
        foreach (var sums in all)
        {
            if (sums.Of(row) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool SatisfiesAffinity(Compiled compiled, int row)
    {
        var hasAllPods = true;
        foreach (var sums in compiled.Affinity)
        {
            if (sums.Domains.Of[row] == TopologyDomains.None)
            {
                return false;
            }

            hasAllPods &= sums.Of(row) > 0;
        }

        // The first pod of a group may go anywhere: nobody that it asks for is there, and it asks for its like.
        return hasAllPods || compiled.IsFirstOfItsKind;
    }

    private void Follow(PodClass pod, PodEntry entry, int amount)
    {
        var compiled = CompiledOf(pod);
        var namespaceLabels = NamespaceLabelsOf(entry.Kind.Labels);
        foreach (var (term, sums) in compiled.ExistingAnti)
        {
            var carried = Array.FindAll(entry.Kind.CarriedTerms, candidate => candidate == term).Length;
            sums.Add(entry.Row, amount * carried);
        }

        if (MatchesAll(compiled.AffinityTerms, entry.Kind.Labels, namespaceLabels))
        {
            foreach (var sums in compiled.Affinity)
            {
                sums.Add(entry.Row, amount);
            }
        }

        foreach (var term in compiled.AntiAffinity)
        {
            if (term.Term.Matches(entry.Kind.Labels, namespaceLabels))
            {
                term.Sums.Add(entry.Row, amount);
            }
        }
    }
}
