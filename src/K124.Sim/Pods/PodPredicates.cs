using K124.Sim.Model;

namespace K124.Sim.Pods;

/// <summary>What controllers ask of pods.</summary>
internal static class PodPredicates
{
    /// <summary>Whether a pod has not ended and is not being deleted.</summary>
    public static bool IsActive(Pod pod) => !IsTerminal(pod) && pod.Metadata.DeletionTimestamp is null;

    public static bool IsTerminal(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    public static Condition? ConditionOf(Pod pod, string type)
    {
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }

    public static Condition? ReadyCondition(Pod pod) => ConditionOf(pod, "Ready");

    public static bool IsReady(Pod pod) => ReadyCondition(pod)?.Status == "True";

    /// <summary>Whether a pod has been ready for longer than a time.</summary>
    public static bool IsAvailable(Pod pod, int minReadySeconds, DateTimeOffset now)
    {
        if (ReadyCondition(pod) is not { Status: "True" } ready)
        {
            return false;
        }

        return minReadySeconds == 0 || (ready.LastTransitionTime is { } since && since.AddSeconds(minReadySeconds) < now);
    }
}
