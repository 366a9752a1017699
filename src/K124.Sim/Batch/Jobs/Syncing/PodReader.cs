using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Text;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>Reads from pod objects what the controller looks at.</summary>
internal static class PodReader
{
    public static PodRow Read(Pod pod, string jobUid, CompiledSelector? selector)
    {
        var meta = pod.Metadata;
        var flags = PodFlags.None;
        if (selector?.Matches(meta.Labels) == true)
        {
            flags |= PodFlags.Matching;
        }

        foreach (var owner in meta.OwnerReferences)
        {
            if (owner.Controller == true)
            {
                flags |= owner.Uid == jobUid ? PodFlags.Owned : PodFlags.Foreign;
                break;
            }
        }

        if (meta.Finalizers.Contains(JobNames.TrackingFinalizer))
        {
            flags |= PodFlags.Finalizer;
        }

        if (meta.DeletionTimestamp is not null)
        {
            flags |= PodFlags.Deleting;
        }

        if (pod.Spec.NodeName.Length > 0)
        {
            flags |= PodFlags.Bound;
        }

        var readyTicks = 0L;
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition.Type == "Ready")
            {
                if (condition.Status == "True")
                {
                    flags |= PodFlags.Ready;
                    readyTicks = condition.LastTransitionTime?.UtcTicks ?? 0;
                }

                break;
            }
        }

        int restarts = 0, most = 0;
        foreach (var container in pod.Status.ContainerStatuses)
        {
            restarts += container.RestartCount;
            most = Math.Max(most, container.RestartCount);
        }

        foreach (var container in pod.Status.InitContainerStatuses)
        {
            restarts += container.RestartCount;
        }

        return new(PhaseOf(pod.Status.Phase), flags, (int)Math.Min(IndexOf(meta), int.MaxValue), meta.CreationTimestamp?.UtcTicks ?? 0, readyTicks, restarts, most);
    }

    /// <summary>The completion index; −1 if there is none.</summary>
    public static long IndexOf(ObjectMeta meta) =>
        meta.Annotations.TryGetValue(JobNames.CompletionIndexAnnotation, out var text) && GoInteger.TryParse(text, out var index) && index >= 0
            ? index
            : -1;

    public static PodPhase PhaseOf(string phase) => phase switch
    {
        "Pending" => PodPhase.Pending,
        "Running" => PodPhase.Running,
        "Succeeded" => PodPhase.Succeeded,
        "Failed" => PodPhase.Failed,
        "Unknown" => PodPhase.Unknown,
        _ => PodPhase.None,
    };
}
