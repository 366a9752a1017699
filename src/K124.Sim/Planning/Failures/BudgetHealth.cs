using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Planning.Internal;

namespace K124.Sim.Planning.Failures;

/// <summary>How many healthy pods budgets lose and gain by a loss.</summary>
internal sealed class BudgetHealth(EvictionBudgets budgets)
{
    private readonly SortedDictionary<int, int> _changes = [];
    private ImmutableSortedDictionary<int, int> _atLoss = ImmutableSortedDictionary<int, int>.Empty;

    public void Lose(Pod pod)
    {
        if (BudgetStatuses.IsHealthy(pod))
        {
            Change(pod, -1);
        }
    }

    public void Gain(Pod pod) => Change(pod, 1);

    /// <summary>All that is lost is counted; what comes now comes later.</summary>
    public void MarkLoss() => _atLoss = _changes.ToImmutableSortedDictionary();

    public ImmutableArray<BrokenBudget> Broken()
    {
        var broken = ImmutableArray.CreateBuilder<BrokenBudget>();
        foreach (var (index, change) in _atLoss)
        {
            var status = budgets[index].Status;
            if (status.CurrentHealthy + change < status.DesiredHealthy)
            {
                broken.Add(new(ObjectKey.Of(budgets[index]).ToString(), status.DesiredHealthy, status.CurrentHealthy + change, status.CurrentHealthy + _changes[index]));
            }
        }

        return broken.ToImmutable();
    }

    private void Change(Pod pod, int by)
    {
        foreach (var index in budgets.Matching(pod))
        {
            _changes[index] = _changes.GetValueOrDefault(index) + by;
        }
    }
}
