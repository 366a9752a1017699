using K124.Sim.Model;
using K124.Sim.Model.Selectors;

namespace K124.Sim.Scheduling.Internal;

/// <summary>Tells which pods cannot be evicted without violating a PodDisruptionBudget.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/defaultpreemption (filterPodsWithPDBViolation). A budget with an
/// empty selector covers no pod here, though it covers all for eviction.</remarks>
internal sealed class DisruptionBudgets(ObjectSet<PodDisruptionBudget> budgets)
{
    private readonly ILookup<string, (PodDisruptionBudget Budget, CompiledSelector Selector)> _byNamespace = budgets
        .Select(static budget => (Budget: budget, Selector: CompiledSelector.TryCompile(budget.Spec.Selector, out _)))
        .Where(static entry => entry.Selector is { MatchesEverything: false })
        .ToLookup(static entry => entry.Budget.Metadata.Namespace, static entry => (entry.Budget, entry.Selector!), StringComparer.Ordinal);

    /// <summary>Splits pods, given from the most to the least important, keeping their order.</summary>
    public (List<PodEntry> Violating, List<PodEntry> NonViolating) Split(IEnumerable<PodEntry> pods)
    {
        var remaining = new Dictionary<PodDisruptionBudget, int>(ReferenceEqualityComparer.Instance);
        var violating = new List<PodEntry>();
        var nonViolating = new List<PodEntry>();
        foreach (var pod in pods)
        {
            (Disrupt(pod.Pod, remaining) ? violating : nonViolating).Add(pod);
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

        foreach (var (budget, selector) in _byNamespace[pod.Metadata.Namespace])
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
