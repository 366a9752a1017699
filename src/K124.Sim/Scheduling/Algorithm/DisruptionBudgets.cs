using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Algorithm;

/// <summary>Tells which pods cannot be evicted without violating a PodDisruptionBudget.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/defaultpreemption (filterPodsWithPDBViolation). A budget with an
/// empty selector covers no pod here, though it covers all for eviction.</remarks>
internal sealed class DisruptionBudgets(SchedulerState state)
{
    private ObjectSet<PodDisruptionBudget>? _budgets;
    private ILookup<string, (PodDisruptionBudget Budget, CompiledSelector Selector)>? _byNamespace;

    private ILookup<string, (PodDisruptionBudget Budget, CompiledSelector Selector)> ByNamespace
    {
        get
        {
            if (_byNamespace is null || !ReferenceEquals(_budgets, state.Cluster.PodDisruptionBudgets))
            {
                _budgets = state.Cluster.PodDisruptionBudgets;
                _byNamespace = Read(_budgets);
            }

            return _byNamespace;
        }
    }

    private static ILookup<string, (PodDisruptionBudget Budget, CompiledSelector Selector)> Read(ObjectSet<PodDisruptionBudget> budgets) => budgets
        .Select(static budget => (Budget: budget, Selector: CompiledSelector.TryCompile(budget.Spec.Selector, out _)))
        .Where(static entry => entry.Selector is { MatchesEverything: false })
        .ToLookup(static entry => entry.Budget.Metadata.Namespace, static entry => (entry.Budget, entry.Selector!), StringComparer.Ordinal);

    /// <summary>Splits pods, given from the most to the least important, keeping their order.</summary>
    public (List<int> Violating, List<int> NonViolating) Split(IEnumerable<int> pods)
    {
        var remaining = new Dictionary<PodDisruptionBudget, int>(ReferenceEqualityComparer.Instance);
        var violating = new List<int>();
        var nonViolating = new List<int>();
        foreach (var id in pods)
        {
            (Disrupt(state.Pods[id].Pod, remaining) ? violating : nonViolating).Add(id);
        }

        return (violating, nonViolating);
    }

    private bool Disrupt(Pod pod, Dictionary<PodDisruptionBudget, int> remaining)
    {
        var violates = false;
        if (pod.Metadata.Labels.Count == 0)
        {
            return violates;
        }

        foreach (var (budget, selector) in ByNamespace[pod.Metadata.Namespace])
        {
            if (selector.Matches(pod.Metadata.Labels) && !budget.Status.DisruptedPods.ContainsKey(pod.Metadata.Name))
            {
                var left = remaining.GetValueOrDefault(budget, budget.Status.DisruptionsAllowed) - 1;
                remaining[budget] = left;
                violates |= left < 0;
            }
        }

        return violates;
    }
}
