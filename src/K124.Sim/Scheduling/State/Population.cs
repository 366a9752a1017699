using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.State;

/// <summary>The pods on all nodes as selectors and affinity terms see them: counts per node, updated pod by pod.</summary>
internal sealed class Population
{
    private readonly SchedulerState _state;
    private readonly Ownership _ownership;
    private ForkableMap<(string Namespace, StringMap<string> Labels, bool IsTerminating), LabelClass> _labelClasses;
    private ForkableMap<(PodAffinityTerm Term, string Namespace, CarriedTermKind Kind, int Weight), CarriedTerm> _termByKey;
    private PagedArray<CarriedTerm> _terms;
    private PagedArray<RowCounts> _carrying;
    private ForkableMap<object, MatchCounter> _counters;
    private PagedArray<RowCounts> _matching;

    // The counters that count the pods of each class of labels; null for none.
    private PagedArray<MatchCounter[]?> _countersOf;

    public Population(SchedulerState state, Ownership ownership)
    {
        (_state, _ownership) = (state, ownership);
        _labelClasses = new(ownership);
        _termByKey = new(ownership);
        _terms = new(ownership);
        _carrying = new(ownership);
        _counters = new(ownership);
        _matching = new(ownership);
        _countersOf = new(ownership);
    }

    private Population(Population other, SchedulerState state, Ownership ownership)
    {
        (_state, _ownership) = (state, ownership);
        _labelClasses = other._labelClasses.Fork(ownership);
        _termByKey = other._termByKey.Fork(ownership);
        _terms = other._terms.Fork(ownership);
        _carrying = other._carrying.Fork(ownership);
        _counters = other._counters.Fork(ownership);
        _matching = other._matching.Fork(ownership);
        _countersOf = other._countersOf.Fork(ownership);
    }

    public ObjectSet<Namespace> Namespaces => _state.Cluster.Namespaces;

    /// <summary>How many terms some pod has carried; the number only grows.</summary>
    public int TermCount => _termByKey.Count;

    /// <summary>The same counts of the pods in another state, which changes of these do not touch.</summary>
    public Population Fork(SchedulerState state, Ownership ownership) => new(this, state, ownership);

    /// <summary>A term that some pod has carried, in order of appearance.</summary>
    public CarriedTerm Term(int index) => _terms[index];

    /// <summary>How many pods carry a term, by row.</summary>
    public ref readonly RowCounts Carrying(CarriedTerm term) => ref _carrying[term.Id];

    /// <summary>How many pods match, by row.</summary>
    public ref readonly RowCounts Matching(MatchCounter counter) => ref _matching[counter.Id];

    /// <summary>Whether a counter counts the pods of a class of labels.</summary>
    public bool Counts(MatchCounter counter, LabelClass labels) => _countersOf[labels.Id] is { } counters && Array.IndexOf(counters, counter) >= 0;

    public LabelClass LabelsOf(Pod pod)
    {
        var key = (pod.Metadata.Namespace, Labels: _state.Classes.Keys.Restrict(pod.Metadata.Labels), pod.Metadata.DeletionTimestamp is not null);
        if (!_labelClasses.TryGetValue(key, out var labels))
        {
            labels = new(_labelClasses.Count, key.Namespace, key.Labels, key.Item3);
            _countersOf.EnsureCapacity(labels.Id + 1);
            _labelClasses.Add(key, labels);
            foreach (var counter in _counters.Values)
            {
                CountIfMatching(counter, labels);
            }
        }

        return labels;
    }

    public StringMap<string> LabelsOfNamespace(string name) => Namespaces.Find(name)?.Metadata.Labels ?? StringMap<string>.Empty;

    /// <summary>The counter with the given key; made, and filled from the pods present, on first use.</summary>
    /// <param name="key">All that tells it from others.</param>
    /// <param name="matches">Whether pods match, given the labels of their namespace; nothing else that may change.</param>
    public MatchCounter Counter(object key, Func<LabelClass, StringMap<string>, bool> matches)
    {
        if (!_counters.TryGetValue(key, out var counter))
        {
            counter = new(_counters.Count, matches);
            _matching.EnsureCapacity(counter.Id + 1);
            _counters.Add(key, counter);
            CountPresent(counter);
        }

        return counter;
    }

    /// <summary>Forgets all counters: what they match may have changed.</summary>
    public void ForgetCounters()
    {
        _counters = new(_ownership);
        _matching = new(_ownership);
        for (var id = 0; id < _labelClasses.Count; id++)
        {
            if (_countersOf[id] is not null)
            {
                _countersOf.Own(id) = null;
            }
        }
    }

    /// <summary>Forgets classes of labels, terms and counters, for pods that are sorted anew.</summary>
    public void Clear()
    {
        (_labelClasses, _termByKey, _terms, _carrying) = (new(_ownership), new(_ownership), new(_ownership), new(_ownership));
        (_counters, _matching, _countersOf) = (new(_ownership), new(_ownership), new(_ownership));
    }

    /// <summary>Counts, after <see cref="Clear"/>, the terms that the pods on nodes carry.</summary>
    public void CountCarried()
    {
        for (var row = 0; row < _state.Nodes.RowCount; row++)
        {
            foreach (var id in _state.Nodes.Pods[row])
            {
                foreach (var term in _state.Pods[id].Kind.CarriedTerms)
                {
                    _carrying.Own(term.Id).Add(row, 1, _ownership.Token);
                }
            }
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
    /// <param name="pod">The kind of the pod.</param>
    /// <param name="row">The node.</param>
    /// <param name="sign">1 to count it, -1 to stop counting it.</param>
    public void Count(PodKind pod, int row, int sign)
    {
        foreach (var counter in _countersOf[pod.Labels.Id] ?? [])
        {
            _matching.Own(counter.Id).Add(row, sign, _ownership.Token);
        }

        foreach (var term in pod.CarriedTerms)
        {
            _carrying.Own(term.Id).Add(row, sign, _ownership.Token);
        }
    }

    private void CountPresent(MatchCounter counter)
    {
        var matching = new HashSet<LabelClass>(_labelClasses.Values.Where(labels => CountIfMatching(counter, labels)));
        for (var row = _state.Nodes.RowCount - 1; matching.Count > 0 && row >= 0; row--)
        {
            foreach (var id in _state.Nodes.Pods[row])
            {
                if (matching.Contains(_state.Pods[id].Kind.Labels))
                {
                    _matching.Own(counter.Id).Add(row, 1, _ownership.Token);
                }
            }
        }
    }

    private bool CountIfMatching(MatchCounter counter, LabelClass labels)
    {
        var matches = counter.Matches(labels, LabelsOfNamespace(labels.Namespace));
        if (matches)
        {
            _countersOf.Own(labels.Id) = [.. _countersOf[labels.Id] ?? [], counter];
        }

        return matches;
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

            carried = new(TermCount, compiled, kind, weight);
            _terms.EnsureCapacity(carried.Id + 1);
            _carrying.EnsureCapacity(carried.Id + 1);
            _terms.Own(carried.Id) = carried;
            _termByKey.Add(key, carried);
        }

        return carried;
    }
}
