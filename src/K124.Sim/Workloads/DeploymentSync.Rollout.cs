using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

internal sealed partial class DeploymentSync
{
    private ApiStatus? Roll()
    {
        var isScaled = false;
        var refusal = FindReplicaSets(mayCreate: true, out var sets) ?? ScaleNewest(sets, out isScaled);
        if (refusal is not null)
        {
            return refusal;
        }

        if (isScaled || ScaleOlder(sets))
        {
            return WriteProgress(sets);
        }

        return Finish(sets);
    }

    private ApiStatus? Recreate()
    {
        if (FindReplicaSets(mayCreate: false, out var sets) is { } refusal)
        {
            return refusal;
        }

        var isScaled = false;
        foreach (var set in DeploymentScaling.Active(sets.Older, newest: null))
        {
            if (Scale(set, 0, out _) is { } scaleRefusal)
            {
                return scaleRefusal;
            }

            isScaled = true;
        }

        if (isScaled || ArePodsLeft(sets))
        {
            return WriteProgress(sets);
        }

        if (sets.Newest is null && FindReplicaSets(mayCreate: true, out sets) is { } createRefusal)
        {
            return createRefusal;
        }

        return ScaleIfOther(sets.Newest!, RollingUpdate.Replicas(_deployment), out _, out _) ?? Finish(sets);
    }

    private ApiStatus? Finish(ReplicaSets sets)
    {
        var refusal = DeploymentStatuses.IsComplete(_deployment, _deployment.Status) ? CleanUp(sets) : null;
        return refusal ?? WriteProgress(sets);
    }

    private ApiStatus? ScaleNewest(ReplicaSets sets, out bool isScaled)
    {
        var newest = sets.Newest!;
        var size = newest.Spec.Replicas ?? 1;
        var replicas = RollingUpdate.Replicas(_deployment);
        isScaled = false;
        if (size == replicas)
        {
            return null;
        }

        if (size < replicas)
        {
            replicas = RollingUpdate.NewReplicaSetSize(_deployment, size, DeploymentStatuses.Total(sets.All), out var problem);
            if (problem is not null)
            {
                return Failure(problem);
            }
        }

        return ScaleIfOther(newest, replicas, out isScaled, out _);
    }

    /// <summary>Takes old pods away as far as enough others are available.</summary>
    private bool ScaleOlder(ReplicaSets sets)
    {
        List<ReplicaSet> older = [.. DeploymentScaling.Active(sets.Older, newest: null)];
        if (older.Count == 0)
        {
            return false;
        }

        var newest = sets.Newest!;
        var minAvailable = RollingUpdate.Replicas(_deployment) - RollingUpdate.MaxUnavailable(_deployment);
        var newUnavailable = (newest.Spec.Replicas ?? 1) - newest.Status.AvailableReplicas;
        var most = DeploymentStatuses.Total(sets.All) - minAvailable - newUnavailable;
        if (most <= 0)
        {
            return false;
        }

        older.Sort(DeploymentScaling.OlderFirst);
        return TakeUnhealthy(older, most, out var unhealthy)
            && TakeAvailable(older, older.Sum(static set => set.Status.AvailableReplicas) + newest.Status.AvailableReplicas - minAvailable, out var healthy)
            && unhealthy + healthy > 0;
    }

    // A refusal counts as nothing done; the next sync goes on.
    private bool TakeUnhealthy(List<ReplicaSet> older, int most, out int taken)
    {
        taken = 0;
        for (var i = 0; i < older.Count && taken < most; i++)
        {
            var size = older[i].Spec.Replicas ?? 1;
            if (size == 0 || size == older[i].Status.AvailableReplicas)
            {
                continue;
            }

            var count = Math.Min(most - taken, size - older[i].Status.AvailableReplicas);
            if (count < 0 || ScaleIfOther(older[i], size - count, out _, out var updated) is not null)
            {
                return false;
            }

            older[i] = updated;
            taken += count;
        }

        return true;
    }

    private bool TakeAvailable(List<ReplicaSet> older, int most, out int taken)
    {
        taken = 0;
        foreach (var set in older)
        {
            if (taken >= most)
            {
                break;
            }

            var size = set.Spec.Replicas ?? 1;
            if (size == 0)
            {
                continue;
            }

            var count = Math.Min(size, most - taken);
            if (ScaleIfOther(set, size - count, out _, out _) is not null)
            {
                return false;
            }

            taken += count;
        }

        return true;
    }

    private bool ArePodsLeft(ReplicaSets sets) =>
        sets.Older.Any(static set => set.Status.Replicas > 0) || sets.Older.Any(HasRunningPod);

    private bool HasRunningPod(ReplicaSet set) => _cache.List<Pod>(ObjectIndex.Controller, set.Metadata.Uid)
        .Any(pod => pod.Metadata.Namespace == set.Metadata.Namespace
            && _deployment.Spec.Selector!.Matches(pod.Metadata.Labels)
            && pod.Status.Phase is not ("Failed" or "Succeeded"));
}
