using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>The pods on all nodes as selectors and affinity terms see them: counts per node, updated pod by pod.</summary>
internal sealed class Population(SchedulerState state)
{
    private readonly Dictionary<(string Namespace, StringMap<string> Labels, bool IsTerminating), LabelClass> _labelClasses = [];
    private readonly Dictionary<object, MatchCounter> _counters = [];
    private readonly Dictionary<(PodAffinityTerm Term, string Namespace, CarriedTermKind Kind, int Weight), CarriedTerm> _termByKey = [];
    private readonly List<CarriedTerm> _terms = [];

    public ObjectSet<Namespace> Namespaces => state.Cluster.Namespaces;

    /// <summary>Every term that some pod has carried, in order of appearance; the list only grows.</summary>
    public IReadOnlyList<CarriedTerm> Terms => _terms;

    public LabelClass LabelsOf(Pod pod)
    {
        var key = (pod.Metadata.Namespace, pod.Metadata.Labels, pod.Metadata.DeletionTimestamp is not null);
        if (!_labelClasses.TryGetValue(key, out var labels))
        {
            labels = new(key.Namespace, key.Labels, key.Item3);
            _labelClasses.Add(key, labels);
            labels.Counters.AddRange(_counters.Values.Where(counter => counter.Matches(labels)));
        }

        return labels;
    }

    public StringMap<string> LabelsOfNamespace(string name) => Namespaces.Find(name)?.Metadata.Labels ?? StringMap<string>.Empty;

    /// <summary>The counter with the given key; made, and filled from the pods present, on first use.</summary>
    public MatchCounter Counter(object key, Func<LabelClass, bool> matches)
    {
        if (_counters.TryGetValue(key, out var counter))
        {
            return counter;
        }

        counter = new(matches);
        _counters.Add(key, counter);
        var matching = new HashSet<LabelClass>(_labelClasses.Values.Where(counter.Matches));
        foreach (var labels in matching)
        {
            labels.Counters.Add(counter);
        }

        for (var row = state.Nodes.RowCount - 1; row >= 0; row--)
        {
            foreach (var id in state.Nodes.Pods[row])
            {
                if (matching.Contains(state.Pods[id].Class.Labels))
                {
                    counter.Add(row, 1);
                }
            }
        }

        return counter;
    }

    /// <summary>Forgets all counters: what they match may have changed.</summary>
    public void ForgetCounters()
    {
        _counters.Clear();
        foreach (var labels in _labelClasses.Values)
        {
            labels.Counters.Clear();
        }
    }

    /// <summary>The terms that a pod carries to its node. A list in which one term does not parse counts as empty.</summary>
    public CarriedTerm[] TermsCarriedBy(Pod pod)
    {
        var affinity = pod.Spec.Affinity;
        return affinity?.PodAffinity is null && affinity?.PodAntiAffinity is null
            ? []
            :
            [
                .. Carried(affinity.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [], CarriedTermKind.RequiredAffinity, pod),
                .. Carried(affinity.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [], CarriedTermKind.RequiredAntiAffinity, pod),
                .. Carried(affinity.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [], 1, pod),
                .. Carried(affinity.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [], -1, pod),
            ];
    }

    /// <summary>Counts a pod on its node, or no longer does.</summary>
    /// <param name="pod">The pod's class.</param>
    /// <param name="row">The node.</param>
    /// <param name="sign">1 to count it, -1 to stop counting it.</param>
    public static void Count(PodClass pod, int row, int sign)
    {
        foreach (var counter in pod.Labels.Counters)
        {
            counter.Add(row, sign);
        }

        foreach (var term in pod.CarriedTerms)
        {
            term.Add(row, sign);
        }
    }

    private IEnumerable<CarriedTerm> Carried(IReadOnlyList<WeightedPodAffinityTerm> terms, int sign, Pod pod)
    {
        var carried = terms.Select(term => Carried(term.PodAffinityTerm, CarriedTermKind.Preferred, sign * term.Weight, pod)).ToArray();
        return carried.Contains(null) ? [] : carried.OfType<CarriedTerm>();
    }

    private IEnumerable<CarriedTerm> Carried(IReadOnlyList<PodAffinityTerm> terms, CarriedTermKind kind, Pod pod)
    {
        var carried = terms.Select(term => Carried(term, kind, 0, pod)).ToArray();
        return carried.Contains(null) ? [] : carried.OfType<CarriedTerm>();
    }

    private CarriedTerm? Carried(PodAffinityTerm term, CarriedTermKind kind, int weight, Pod pod)
    {
        var key = (term, pod.Metadata.Namespace, kind, weight);
        if (!_termByKey.TryGetValue(key, out var carried))
        {
            if (AffinityTerm.TryCompile(term, pod.Metadata.Namespace, out _) is not { } compiled)
            {
                return null;
            }

            carried = new(compiled, kind, weight, state.Topology.Get(term.TopologyKey));
            _termByKey.Add(key, carried);
            _terms.Add(carried);
        }

        return carried;
    }
}
