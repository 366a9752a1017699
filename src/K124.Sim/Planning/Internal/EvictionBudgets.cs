using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>What budgets let go while pods come and go.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/core/pod/storage/eviction.go.</remarks>
internal sealed class EvictionBudgets
{
    private readonly PodDisruptionBudget[] _budgets;
    private readonly int[] _allowed;
    private readonly int[] _healthy;

    public EvictionBudgets(Cluster cluster)
    {
        _budgets = [.. cluster.PodDisruptionBudgets];
        _allowed = [.. _budgets.Select(static budget => budget.Status.DisruptionsAllowed)];
        _healthy = [.. _budgets.Select(static budget => budget.Status.CurrentHealthy)];
    }

    /// <summary>Counts an eviction.</summary>
    /// <returns>Why the pod must not go now; null if it goes.</returns>
    public string? TryEvict(Pod pod)
    {
        int[] matching = [.. Matching(pod)];
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

    private IEnumerable<int> Matching(Pod pod)
    {
        for (var i = 0; i < _budgets.Length; i++)
        {
            if (_budgets[i].Metadata.Namespace == pod.Metadata.Namespace && _budgets[i].Spec.Selector?.Matches(pod.Metadata.Labels) == true)
            {
                yield return i;
            }
        }
    }
}
