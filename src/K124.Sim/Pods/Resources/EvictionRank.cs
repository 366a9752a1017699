using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Pods.Resources;

/// <summary>A pod and what it uses, as the kubelet ranks it under pressure.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Usage">What it uses of the resource that is short.</param>
internal readonly record struct PodUsage(Pod Pod, Quantity Usage);

/// <summary>The order in which a kubelet under pressure evicts pods.</summary>
/// <remarks>Kubernetes 1.24 pkg/kubelet/eviction.</remarks>
internal static class EvictionRank
{
    /// <summary>Orders pods when memory or disk is short: those that use more than they request first, then by priority, then by how much more.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="resource">Name of the resource that is short.</param>
    public static ImmutableArray<Pod> ByUsage(IEnumerable<PodUsage> pods, string resource) =>
    [
        .. pods.Select(entry => (entry.Pod, Excess: entry.Usage - PodResources.EvictionRequest(entry.Pod.Spec, resource)))
            .OrderByDescending(entry => entry.Excess > default(Quantity))
            .ThenBy(entry => entry.Pod.Spec.Priority ?? 0)
            .ThenByDescending(entry => entry.Excess)
            .Select(entry => entry.Pod),
    ];

    /// <summary>Orders pods when process ids are short: by priority, then by how many processes they have.</summary>
    public static ImmutableArray<Pod> ByProcesses(IEnumerable<(Pod Pod, long Processes)> pods) =>
        [.. pods.OrderBy(entry => entry.Pod.Spec.Priority ?? 0).ThenByDescending(entry => entry.Processes).Select(entry => entry.Pod)];
}
