using K124.Sim.Model;

namespace K124.Sim.Scheduling.Queue;

/// <summary>Whether a change of an unschedulable pod is reason to try it again.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/internal/queue (isPodUpdated). Managed fields are not part of the model.</remarks>
internal static class PodUpdates
{
    public static bool MayMatter(Pod oldPod, Pod newPod) => !Stripped(oldPod).Equals(Stripped(newPod));

    private static Pod Stripped(Pod pod) => pod with
    {
        Metadata = pod.Metadata with { ResourceVersion = "", Generation = 0, Finalizers = [] },
        Status = PodStatus.Default,
    };
}
