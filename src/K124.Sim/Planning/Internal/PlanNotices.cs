using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Internal;

/// <summary>Says what a plan leaves out of account, so that no answer looks surer than it is.</summary>
internal static class PlanNotices
{
    public static ImmutableArray<string> For(Cluster cluster, IReadOnlyCollection<Pod> planned)
    {
        var notices = ImmutableArray.CreateBuilder<string>();
        var strayed = cluster.Pods.Count(pod => pod.Spec.NodeName.Length > 0 && pod.Status.Phase is not ("Succeeded" or "Failed") && cluster.Nodes.Find(pod.Spec.NodeName) is null);
        if (strayed > 0)
        {
            notices.Add($"{Pods(strayed)} on nodes that are not in the cluster: they count nowhere.");
        }

        var foreign = planned.Count(static pod => pod.Spec.SchedulerName is not ("" or "default-scheduler"));
        if (foreign > 0)
        {
            notices.Add($"{Pods(foreign)} for another scheduler: the plan places them as the default scheduler would.");
        }

        return notices.ToImmutable();
    }

    public static IEnumerable<string> ForPreemption(IEnumerable<PodPlacement> placements)
    {
        var preempting = placements.Count(static placement => placement.Result.Preemption is { Outcome: PreemptionOutcome.Nominated });
        return preempting == 0 ? [] : [$"{Pods(preempting)} for which 1.24 would evict pods of lower priority: the plan evicts nothing, so they are counted as unschedulable."];
    }

    /// <summary>What a plan takes for granted of claims.</summary>
    public static IEnumerable<string> ForClaims(PlannedClaims claims, Scheduler scheduler)
    {
        foreach (var notice in ForProvisioned(claims.TakenAsProvisioned))
        {
            yield return notice;
        }

        var uncounted = scheduler.Volumes.ConsumesCapacity ? 0 : scheduler.Volumes.AssumedClaims.Count(scheduler.Volumes.IsCapacityTracked);
        if (uncounted > 0)
        {
            yield return $"{Claims(uncounted)} to provision where the driver publishes its capacity: as in 1.24, the published numbers do not count down as claims are placed.";
        }
    }

    /// <summary>What a plan takes for granted of claims that do not wait for a pod.</summary>
    public static IEnumerable<string> ForProvisioned(int claims) => claims == 0
        ? []
        : [$"{Claims(claims)} of classes that do not wait for a pod: the plan takes their volumes as provisioned, and as reached from every node."];

    private static string Claims(int count) => count == 1 ? "1 claim" : $"{count} claims";

    private static string Pods(int count) => count == 1 ? "1 pod" : $"{count} pods";
}
