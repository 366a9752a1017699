using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Policy;

namespace K124.Sim.Planning.Internal;

/// <summary>The status that the disruption controller gives budgets that come without one.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/disruption.</remarks>
internal static class BudgetStatuses
{
    public static Cluster Fill(Cluster cluster, ImmutableArray<string>.Builder notices)
    {
        PodDisruptionBudget[] missing = [.. cluster.PodDisruptionBudgets.Where(static budget => budget.Status.Equals(new()))];
        if (missing.Length == 0)
        {
            return cluster;
        }

        var owners = new Owners(cluster);
        var pods = cluster.Pods.ToLookup(static pod => pod.Metadata.Namespace, StringComparer.Ordinal);
        PodDisruptionBudget[] filled = [.. missing.Select(budget => budget with { Status = StatusOf(budget, pods[budget.Metadata.Namespace], owners) })];
        var told = SettledCluster.Names([.. filled.Select(static budget => $"{ObjectKey.Of(budget)} allows {budget.Status.DisruptionsAllowed}")]);
        notices.Add($"{filled.Length} {(filled.Length == 1 ? "budget" : "budgets")} without status, worked out from the pods and their controllers: {told}.");
        return cluster.WithAll(filled);
    }

    private static PodDisruptionBudgetStatus StatusOf(PodDisruptionBudget budget, IEnumerable<Pod> neighbours, Owners owners)
    {
        Pod[] pods = [.. neighbours.Where(pod => budget.Spec.Selector?.Matches(pod.Metadata.Labels) == true)];
        var (expected, desired, error) = DisruptionStatuses.Expect(budget, pods.Length, () => owners.ScaleOf(pods) is { } scale ? (scale, null) : (0, "no scale"));
        return error is null ? DisruptionStatuses.Numbers(budget, pods.Count(IsHealthy), desired, expected) : budget.Status with { DisruptionsAllowed = 0 };
    }

    /// <summary>A pod that says nothing of its readiness counts as ready once it is on a node.</summary>
    public static bool IsHealthy(Pod pod) => pod.Metadata.DeletionTimestamp is null && pod.Spec.NodeName.Length > 0 && pod.Status.Phase is "" or "Running"
        && pod.Status.Conditions.All(static condition => condition.Type != "Ready" || condition.Status == "True");
}
