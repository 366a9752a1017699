using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>What budgets let go while pods come and go.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/core/pod/storage/eviction.go.</remarks>
internal sealed class EvictionBudgets
{
    private static readonly int[] None = [];

    private readonly PodDisruptionBudget[] _budgets;
    private readonly Dictionary<string, int[]> _byNamespace;
    private readonly Dictionary<(string Namespace, StringMap<string> Labels), int[]> _matching;
    private readonly int[] _allowed;
    private readonly int[] _healthy;

    public EvictionBudgets(Cluster cluster)
    {
        _budgets = [.. cluster.PodDisruptionBudgets];
        _byNamespace = Enumerable.Range(0, _budgets.Length).GroupBy(i => _budgets[i].Metadata.Namespace, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
        _matching = [];
        _allowed = [.. _budgets.Select(static budget => budget.Status.DisruptionsAllowed)];
        _healthy = [.. _budgets.Select(static budget => budget.Status.CurrentHealthy)];
    }

    private EvictionBudgets(EvictionBudgets other)
    {
        (_budgets, _byNamespace, _matching) = (other._budgets, other._byNamespace, other._matching);
        _allowed = [.. other._allowed];
        _healthy = [.. other._healthy];
    }

    /// <summary>The budgets with the numbers of now, to go on with on their own.</summary>
    public EvictionBudgets Copy() => new(this);

    public int Count => _budgets.Length;

    public PodDisruptionBudget this[int index] => _budgets[index];

    /// <summary>Counts an eviction.</summary>
    /// <returns>Why the pod must not go now; null if it goes.</returns>
    public string? TryEvict(Pod pod)
    {
        var matching = Matching(pod);
        if (matching.Length == 0 || pod.Status.Phase == "Pending")
        {
            return null;
        }

        if (matching.Length > 1)
        {
            return "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
        }

        var index = matching[0];
        var isHealthy = BudgetStatuses.IsHealthy(pod);
        var desired = _budgets[index].Status.DesiredHealthy;
        if (!isHealthy && desired > 0 && _healthy[index] >= desired)
        {
            return null;
        }

        if (_allowed[index] <= 0)
        {
            return "Cannot evict pod as it would violate the pod's disruption budget. "
                + $"The disruption budget {_budgets[index].Metadata.Name} needs {desired} healthy pods and has {_healthy[index]} currently";
        }

        _allowed[index]--;
        _healthy[index] -= isHealthy ? 1 : 0;
        return null;
    }

    /// <summary>Counts a pod that has become healthy.</summary>
    public void Add(Pod pod)
    {
        foreach (var index in Matching(pod))
        {
            _healthy[index]++;
            _allowed[index] = Math.Max(0, _healthy[index] - _budgets[index].Status.DesiredHealthy);
        }
    }

    /// <summary>The budgets that a pod counts for.</summary>
    public int[] Matching(Pod pod)
    {
        if (!_byNamespace.TryGetValue(pod.Metadata.Namespace, out var candidates))
        {
            return None;
        }

        var key = (pod.Metadata.Namespace, pod.Metadata.Labels);
        if (!_matching.TryGetValue(key, out var matching))
        {
            matching = [.. candidates.Where(i => _budgets[i].Spec.Selector?.Matches(pod.Metadata.Labels) == true)];
            _matching.Add(key, matching);
        }

        return matching;
    }
}
