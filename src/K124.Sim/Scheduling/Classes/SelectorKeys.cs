using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Classes;

/// <summary>The keys of labels by which some selector tells pods apart. What pods have under other keys, as each of a StatefulSet does, is no part of their kind.</summary>
/// <remarks>Keys only come. With very many of them all labels count, so that pods are not sorted anew for ever.</remarks>
internal sealed class SelectorKeys
{
    private const int MaxKeys = 256;

    // Never changed in place, as forks share it. Null once all keys count.
    private HashSet<string>? _keys = new(StringComparer.Ordinal);

    /// <summary>The same keys, for a fork.</summary>
    public SelectorKeys Fork() => new() { _keys = _keys };

    /// <summary>Whether a label of this key is read.</summary>
    public bool Has(string key) => _keys?.Contains(key) != false;

    /// <summary>The labels that are read.</summary>
    public StringMap<string> Restrict(StringMap<string> labels)
    {
        foreach (var (key, _) in labels.Entries)
        {
            labels = Has(key) ? labels : labels.Without(key);
        }

        return labels;
    }

    /// <summary>Takes in the selectors of an object that selects pods.</summary>
    /// <returns>Whether keys have come.</returns>
    public bool Learn(IApiObject item) => item switch
    {
        Service service => Learn(service.Spec.Selector),
        ReplicationController controller => Learn(controller.Spec.Selector),
        ReplicaSet replicas => Learn(replicas.Spec.Selector),
        StatefulSet set => Learn(set.Spec.Selector),
        _ => false,
    };

    /// <summary>Takes in the selectors that a pod carries.</summary>
    /// <returns>Whether keys have come.</returns>
    public bool Learn(PodSpec spec)
    {
        var isNew = false;
        foreach (var constraint in spec.TopologySpreadConstraints)
        {
            isNew |= Learn(constraint.LabelSelector);
        }

        if (spec.Affinity is { } affinity)
        {
            isNew |= Learn(affinity.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? []);
            isNew |= Learn(affinity.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? []);
            isNew |= Learn(affinity.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? []);
            isNew |= Learn(affinity.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? []);
        }

        return isNew;
    }

    private bool Learn(ImmutableArray<PodAffinityTerm> terms)
    {
        var isNew = false;
        foreach (var term in terms)
        {
            isNew |= Learn(term.LabelSelector);
        }

        return isNew;
    }

    private bool Learn(ImmutableArray<WeightedPodAffinityTerm> terms)
    {
        var isNew = false;
        foreach (var term in terms)
        {
            isNew |= Learn(term.PodAffinityTerm.LabelSelector);
        }

        return isNew;
    }

    private bool Learn(LabelSelector? selector)
    {
        if (selector is null)
        {
            return false;
        }

        var isNew = Learn(selector.MatchLabels);
        foreach (var expression in selector.MatchExpressions)
        {
            isNew |= Learn(expression.Key);
        }

        return isNew;
    }

    private bool Learn(StringMap<string>? labels)
    {
        var isNew = false;
        foreach (var (key, _) in (labels ?? StringMap<string>.Empty).Entries)
        {
            isNew |= Learn(key);
        }

        return isNew;
    }

    private bool Learn(string key)
    {
        if (Has(key))
        {
            return false;
        }

        _keys = _keys!.Count == MaxKeys ? null : new(_keys, StringComparer.Ordinal) { key };
        return true;
    }
}
