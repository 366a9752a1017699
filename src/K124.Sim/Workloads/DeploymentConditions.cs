using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>Conditions of a Deployment: names, and how they are set.</summary>
internal static class DeploymentConditions
{
    public const string Available = "Available";
    public const string Progressing = "Progressing";
    public const string ReplicaFailure = "ReplicaFailure";
    public const string NewReplicaSetAvailable = "NewReplicaSetAvailable";
    public const string ProgressDeadlineExceeded = "ProgressDeadlineExceeded";
    public const string DeploymentPaused = "DeploymentPaused";

    public static Condition? Find(DeploymentStatus status, string type)
    {
        foreach (var condition in status.Conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }

    public static Condition Make(string type, string status, string reason, string message, DateTimeOffset now) => new()
    {
        Type = type,
        Status = status,
        Reason = reason,
        Message = message,
        LastUpdateTime = now,
        LastTransitionTime = now,
    };

    /// <summary>Puts a condition at the end of the list, unless status and reason are there already.</summary>
    public static DeploymentStatus Set(DeploymentStatus status, Condition condition)
    {
        if (Find(status, condition.Type) is { } current && current.Status == condition.Status)
        {
            if (current.Reason == condition.Reason)
            {
                return status;
            }

            condition = condition with { LastTransitionTime = current.LastTransitionTime };
        }

        return status with { Conditions = Without(status.Conditions, condition.Type).Add(condition) };
    }

    public static DeploymentStatus Remove(DeploymentStatus status, string type) => Find(status, type) is null
        ? status
        : status with { Conditions = Without(status.Conditions, type) };

    private static ImmutableArray<Condition> Without(ImmutableArray<Condition> conditions, string type) =>
        [.. conditions.Where(condition => condition.Type != type)];
}
