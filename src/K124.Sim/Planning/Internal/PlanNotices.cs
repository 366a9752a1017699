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
        var withVolumes = planned.Count(static pod => pod.Spec.Volumes.Any(ConstrainsPlacement));
        if (withVolumes > 0)
        {
            notices.Add($"{Pods(withVolumes)} with volumes that can restrict placement: the volume plugins are not part of the library yet, so these volumes restrict nothing.");
        }

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

    private static string Pods(int count) => count == 1 ? "1 pod" : $"{count} pods";

    private static bool ConstrainsPlacement(Volume volume) =>
        volume.PersistentVolumeClaim is not null
        || volume.Ephemeral is not null
        || volume.Csi is not null
        || volume.GcePersistentDisk is not null
        || volume.AwsElasticBlockStore is not null
        || volume.AzureDisk is not null
        || volume.Cinder is not null
        || volume.Iscsi is not null
        || volume.Rbd is not null;
}
