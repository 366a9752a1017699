using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Workloads;

/// <summary>The status that a ReplicaSet's pods come to.</summary>
internal static class ReplicaSetStatuses
{
    private const string ReplicaFailure = "ReplicaFailure";

    /// <summary>The new status.</summary>
    /// <param name="parent">The ReplicaSet.</param>
    /// <param name="pods">Its pods before this sync's creations and deletions.</param>
    /// <param name="failure">What went wrong with those; null if nothing.</param>
    /// <param name="missing">How many pods were wanted on top of the claimed ones; below none if too many were there.</param>
    /// <param name="now">The present.</param>
    public static ReplicaSetStatus Of(ReplicaParent parent, ImmutableArray<Pod> pods, string? failure, int missing, DateTimeOffset now)
    {
        int labeled = 0, ready = 0, available = 0;
        foreach (var pod in pods)
        {
            labeled += HasAllLabels(pod, parent.Template.Metadata.Labels) ? 1 : 0;
            if (PodPredicates.IsReady(pod))
            {
                ready++;
                available += PodPredicates.IsAvailable(pod, parent.MinReadySeconds, now) ? 1 : 0;
            }
        }

        return parent.Status with
        {
            Replicas = pods.Length,
            FullyLabeledReplicas = labeled,
            ReadyReplicas = ready,
            AvailableReplicas = available,
            Conditions = Conditions(parent.Status.Conditions, failure, missing, now),
        };
    }

    private static ImmutableArray<Condition> Conditions(ImmutableArray<Condition> conditions, string? failure, int missing, DateTimeOffset now)
    {
        var isThere = conditions.Any(static condition => condition.Type == ReplicaFailure);
        if (failure is null)
        {
            return isThere ? [.. conditions.Where(static condition => condition.Type != ReplicaFailure)] : conditions;
        }

        return isThere ? conditions : conditions.Add(new()
        {
            Type = ReplicaFailure,
            Status = "True",
            Reason = missing > 0 ? "FailedCreate" : "FailedDelete",
            Message = failure,
            LastTransitionTime = now.WholeSeconds(),
        });
    }

    private static bool HasAllLabels(Pod pod, StringMap<string> labels)
    {
        foreach (var (key, value) in labels.Entries)
        {
            if (!pod.Metadata.Labels.TryGetValue(key, out var own) || own != value)
            {
                return false;
            }
        }

        return true;
    }
}
