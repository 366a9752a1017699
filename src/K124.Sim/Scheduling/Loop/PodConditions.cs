using K124.Sim.Model;

namespace K124.Sim.Scheduling.Loop;

/// <summary>How the conditions of a pod change.</summary>
/// <remarks>Kubernetes 1.24 pkg/api/v1/pod (UpdatePodCondition).</remarks>
internal static class PodConditions
{
    /// <summary>Sets a condition; its last transition stays unless its status changes.</summary>
    public static PodStatus With(PodStatus status, Condition condition, DateTimeOffset now)
    {
        var index = 0;
        while (index < status.Conditions.Length && status.Conditions[index].Type != condition.Type)
        {
            index++;
        }

        if (index == status.Conditions.Length)
        {
            return status with { Conditions = status.Conditions.Add(condition with { LastTransitionTime = now }) };
        }

        var old = status.Conditions[index];
        var changed = condition with { LastTransitionTime = old.Status == condition.Status ? old.LastTransitionTime : now };
        return changed == old ? status : status with { Conditions = status.Conditions.SetItem(index, changed) };
    }
}
