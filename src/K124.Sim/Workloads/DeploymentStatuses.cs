using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>What the ReplicaSets of a Deployment say of it.</summary>
internal static class DeploymentStatuses
{
    /// <summary>The status by the ReplicaSets, the Available condition included.</summary>
    /// <param name="deployment">The Deployment.</param>
    /// <param name="all">Its ReplicaSets.</param>
    /// <param name="newest">The one with its template; null if there is none.</param>
    /// <param name="now">The present.</param>
    public static DeploymentStatus Of(Deployment deployment, IReadOnlyCollection<ReplicaSet> all, ReplicaSet? newest, DateTimeOffset now)
    {
        var available = all.Sum(static set => set.Status.AvailableReplicas);
        var status = new DeploymentStatus
        {
            ObservedGeneration = deployment.Metadata.Generation,
            Replicas = all.Sum(static set => set.Status.Replicas),
            UpdatedReplicas = newest?.Status.Replicas ?? 0,
            ReadyReplicas = all.Sum(static set => set.Status.ReadyReplicas),
            AvailableReplicas = available,
            UnavailableReplicas = Math.Max(0, Total(all) - available),
            CollisionCount = deployment.Status.CollisionCount,
            Conditions = deployment.Status.Conditions,
        };
        var isAvailable = available >= RollingUpdate.Replicas(deployment) - RollingUpdate.MaxUnavailable(deployment);
        return DeploymentConditions.Set(status, DeploymentConditions.Make(
            DeploymentConditions.Available,
            isAvailable ? "True" : "False",
            isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
            now.WholeSeconds()));
    }

    /// <summary>The status with what is to be said of progress and of failed ReplicaSets.</summary>
    public static DeploymentStatus WithProgress(
        DeploymentStatus status, Deployment deployment, IReadOnlyCollection<ReplicaSet> all, ReplicaSet? newest, DateTimeOffset now)
    {
        if (!HasProgressDeadline(deployment))
        {
            status = DeploymentConditions.Remove(status, DeploymentConditions.Progressing);
        }
        else if (status.Replicas != status.UpdatedReplicas
            || DeploymentConditions.Find(deployment.Status, DeploymentConditions.Progressing)?.Reason != DeploymentConditions.NewReplicaSetAvailable)
        {
            status = WithProgressCondition(status, deployment, newest, now);
        }

        return Failure(all, newest) is { } failure
            ? DeploymentConditions.Set(status, failure)
            : DeploymentConditions.Remove(status, DeploymentConditions.ReplicaFailure);
    }

    /// <summary>Sizes of ReplicaSets in all.</summary>
    public static int Total(IEnumerable<ReplicaSet> sets) => sets.Sum(static set => set.Spec.Replicas ?? 1);

    public static bool HasProgressDeadline(Deployment deployment) => deployment.Spec.ProgressDeadlineSeconds is not null and not int.MaxValue;

    /// <summary>Whether a status says that all pods are new and available.</summary>
    public static bool IsComplete(Deployment deployment, DeploymentStatus status)
    {
        var replicas = RollingUpdate.Replicas(deployment);
        return status.UpdatedReplicas == replicas && status.Replicas == replicas && status.AvailableReplicas == replicas
            && status.ObservedGeneration >= deployment.Metadata.Generation;
    }

    private static DeploymentStatus WithProgressCondition(DeploymentStatus status, Deployment deployment, ReplicaSet? newest, DateTimeOffset now)
    {
        var subject = newest is null ? $"Deployment \"{deployment.Metadata.Name}\"" : $"ReplicaSet \"{newest.Metadata.Name}\"";
        var current = DeploymentConditions.Find(deployment.Status, DeploymentConditions.Progressing);
        if (IsComplete(deployment, status))
        {
            return Set("True", DeploymentConditions.NewReplicaSetAvailable, "has successfully progressed");
        }

        if (IsProgressing(deployment.Status, status))
        {
            var condition = Make("True", "ReplicaSetUpdated", "is progressing");
            if (current is { Status: "True" })
            {
                condition = condition with { LastTransitionTime = current.LastTransitionTime };
            }

            return DeploymentConditions.Set(DeploymentConditions.Remove(status, DeploymentConditions.Progressing), condition);
        }

        return HasTimedOut(deployment, status, now)
            ? Set("False", DeploymentConditions.ProgressDeadlineExceeded, "has timed out progressing")
            : status;

        DeploymentStatus Set(string value, string reason, string what) => DeploymentConditions.Set(status, Make(value, reason, what));

        Condition Make(string value, string reason, string what) =>
            DeploymentConditions.Make(DeploymentConditions.Progressing, value, reason, $"{subject} {what}.", now.WholeSeconds());
    }

    private static bool IsProgressing(DeploymentStatus old, DeploymentStatus status) =>
        status.UpdatedReplicas > old.UpdatedReplicas
        || status.Replicas - status.UpdatedReplicas < old.Replicas - old.UpdatedReplicas
        || status.ReadyReplicas > old.ReadyReplicas
        || status.AvailableReplicas > old.AvailableReplicas;

    private static bool HasTimedOut(Deployment deployment, DeploymentStatus status, DateTimeOffset now)
    {
        if (DeploymentConditions.Find(status, DeploymentConditions.Progressing) is not { } condition
            || condition.Reason == DeploymentConditions.NewReplicaSetAvailable)
        {
            return false;
        }

        return condition.Reason == DeploymentConditions.ProgressDeadlineExceeded
            || (condition.LastUpdateTime ?? DateTimeOffset.MinValue).AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value) < now;
    }

    private static Condition? Failure(IEnumerable<ReplicaSet> all, ReplicaSet? newest)
    {
        var failure = (newest is null ? all : all.Prepend(newest))
            .SelectMany(static set => set.Status.Conditions)
            .FirstOrDefault(static condition => condition.Type == DeploymentConditions.ReplicaFailure);
        return failure is null ? null : failure with { LastUpdateTime = failure.LastTransitionTime };
    }
}
