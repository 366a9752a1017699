using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Workloads;

/// <summary>The counts of a DaemonSet's status.</summary>
internal static class DaemonSetStatuses
{
    /// <summary>Counts daemons.</summary>
    /// <param name="set">The DaemonSet.</param>
    /// <param name="nodes">All nodes, and whether a daemon should run there.</param>
    /// <param name="byNode">Daemons by node; their lists are sorted.</param>
    /// <param name="hash">Hash of the template's revision.</param>
    /// <param name="now">The present.</param>
    /// <returns>A status with the counts alone.</returns>
    public static DaemonSetStatus Of(
        DaemonSet set, List<(string Name, (bool ShouldRun, bool MayContinue) Fit)> nodes, IReadOnlyDictionary<string, List<Pod>> byNode, string hash, DateTimeOffset now)
    {
        int desired = 0, current = 0, misscheduled = 0, ready = 0, available = 0, updated = 0;
        var generation = DaemonSetPods.GenerationOf(set);
        foreach (var (name, fit) in nodes)
        {
            var hasPods = byNode.TryGetValue(name, out var pods);
            desired += fit.ShouldRun ? 1 : 0;
            misscheduled += hasPods && !fit.ShouldRun ? 1 : 0;
            if (!hasPods || !fit.ShouldRun)
            {
                continue;
            }

            current++;
            pods!.Sort(DaemonSetPods.OlderFirst);
            var pod = pods[0];
            ready += PodPredicates.IsReady(pod) ? 1 : 0;
            available += PodPredicates.IsAvailable(pod, set.Spec.MinReadySeconds, now) ? 1 : 0;
            updated += DaemonSetPods.IsUpdated(pod, hash, generation) ? 1 : 0;
        }

        return new()
        {
            DesiredNumberScheduled = desired,
            CurrentNumberScheduled = current,
            NumberMisscheduled = misscheduled,
            NumberReady = ready,
            NumberAvailable = available,
            UpdatedNumberScheduled = updated,
            NumberUnavailable = desired - available,
        };
    }

    public static bool HaveSameCounts(DaemonSetStatus counts, DaemonSetStatus status) => WithCounts(status, counts) == status;

    public static DaemonSetStatus WithCounts(DaemonSetStatus status, DaemonSetStatus counts) => counts with
    {
        ObservedGeneration = status.ObservedGeneration,
        CollisionCount = status.CollisionCount,
        Conditions = status.Conditions,
    };
}
