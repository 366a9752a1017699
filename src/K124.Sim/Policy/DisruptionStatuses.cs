using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Policy;

/// <summary>The status of a PodDisruptionBudget.</summary>
internal static class DisruptionStatuses
{
    private const string DisruptionAllowed = "DisruptionAllowed";

    private static readonly TimeSpan DeletionTime = TimeSpan.FromMinutes(2);

    /// <summary>How many pods are expected, and how many of them have to be healthy.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="count">How many pods it selects.</param>
    /// <param name="scale">Tells how many their owners want, or why that cannot be told.</param>
    public static (int Expected, int Desired, string? Error) Expect(
        PodDisruptionBudget budget, int count, Func<(int Scale, string? Error)> scale)
    {
        if (budget.Spec.MaxUnavailable is { } most)
        {
            var (expected, error) = scale();
            var unavailable = error is null ? ScaledValue.Of(most, expected, roundUp: true, out error) : 0;
            return error is null ? (expected, Math.Max(0, expected - unavailable), null) : (0, 0, error);
        }

        if (budget.Spec.MinAvailable is { } least)
        {
            if (least.Number is { } number)
            {
                return (count, number, null);
            }

            var (expected, error) = scale();
            var available = error is null ? ScaledValue.Of(least, expected, roundUp: true, out error) : 0;
            return error is null ? (expected, available, null) : (0, 0, error);
        }

        return default;
    }

    /// <summary>Evicted pods that are still there and may yet be deleted, those that should have been by now, and when to look again.</summary>
    public static (StringMap<DateTimeOffset> Disrupted, ImmutableArray<Pod> Overdue, DateTimeOffset? RecheckAt) Disrupted(
        PodDisruptionBudget budget, IEnumerable<Pod> pods, DateTimeOffset now)
    {
        var disrupted = StringMap<DateTimeOffset>.Empty;
        var overdue = ImmutableArray.CreateBuilder<Pod>();
        DateTimeOffset? recheckAt = null;
        foreach (var pod in pods)
        {
            if (pod.Metadata.DeletionTimestamp is not null || !budget.Status.DisruptedPods.TryGetValue(pod.Metadata.Name, out var since))
            {
                continue;
            }

            var end = since + DeletionTime;
            if (end < now)
            {
                overdue.Add(pod);
                continue;
            }

            disrupted = disrupted.With(pod.Metadata.Name, since);
            recheckAt = recheckAt is { } other && other <= end ? other : end;
        }

        return (disrupted, overdue.ToImmutable(), recheckAt);
    }

    public static int CountHealthy(IEnumerable<Pod> pods, StringMap<DateTimeOffset> disrupted, DateTimeOffset now) => pods.Count(
        pod => pod.Metadata.DeletionTimestamp is null
            && !(disrupted.TryGetValue(pod.Metadata.Name, out var since) && since + DeletionTime > now)
            && PodPredicates.IsReady(pod));

    /// <summary>What a status counts, without conditions and evicted pods.</summary>
    public static PodDisruptionBudgetStatus Numbers(PodDisruptionBudget budget, int healthy, int desired, int expected) => new()
    {
        CurrentHealthy = healthy,
        DesiredHealthy = desired,
        ExpectedPods = expected,
        DisruptionsAllowed = expected <= 0 ? 0 : Math.Max(0, healthy - desired),
        ObservedGeneration = budget.Metadata.Generation,
    };

    /// <summary>The new status; null if the old one says the same.</summary>
    public static PodDisruptionBudgetStatus? Of(
        PodDisruptionBudget budget, int healthy, int desired, int expected, StringMap<DateTimeOffset> disrupted, DateTimeOffset now)
    {
        var status = Numbers(budget, healthy, desired, expected) with { DisruptedPods = disrupted };
        var allowed = status.DisruptionsAllowed;
        var value = allowed > 0 ? "True" : "False";
        var isUpToDate = budget.Status.Conditions.Any(condition => condition.Type == DisruptionAllowed && condition.Status == value);
        if (isUpToDate && status == budget.Status with { Conditions = [] })
        {
            return null;
        }

        return status with
        {
            Conditions =
            [
                new()
                {
                    Type = DisruptionAllowed,
                    Status = value,
                    Reason = allowed > 0 ? "SufficientPods" : "InsufficientPods",
                    ObservedGeneration = budget.Metadata.Generation,
                    LastTransitionTime = now.WholeSeconds(),
                },
            ],
        };
    }

    /// <summary>The status of a budget that could not be worked out: nothing may be disrupted.</summary>
    public static PodDisruptionBudgetStatus Failed(PodDisruptionBudgetStatus status, string error, DateTimeOffset now)
    {
        var old = status.Conditions.FirstOrDefault(static condition => condition.Type == DisruptionAllowed);
        var condition = new Condition
        {
            Type = DisruptionAllowed,
            Status = "False",
            Reason = "SyncFailed",
            Message = error,
            ObservedGeneration = status.ObservedGeneration,
            LastTransitionTime = old is { Status: "False" } ? old.LastTransitionTime : now.WholeSeconds(),
        };
        return status with
        {
            DisruptionsAllowed = 0,
            Conditions = old is null ? status.Conditions.Add(condition) : status.Conditions.Replace(old, condition),
        };
    }
}
