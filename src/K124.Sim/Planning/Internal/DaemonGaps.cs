using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Internal;

/// <summary>Pods that the DaemonSets of a cluster have yet to make, or to get placed: they are there before anybody else counts.</summary>
internal sealed class DaemonGaps
{
    private readonly ImmutableArray<PlannedPod> _pods;

    private DaemonGaps(ImmutableArray<PlannedPod> pods) => _pods = pods;

    public static DaemonGaps None { get; } = new([]);

    /// <summary>Finds the gaps.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="others">DaemonSets that are seen to elsewhere.</param>
    /// <param name="owners">Who controls whom.</param>
    /// <param name="admission">What the API server does to the pods.</param>
    /// <param name="names">Names that are taken.</param>
    /// <param name="takesPending">Whether pods that wait for a node are taken as well.</param>
    public static DaemonGaps Of(
        Cluster cluster, IEnumerable<DaemonSet> others, Owners owners, PodAdmission admission, PodNames names, bool takesPending)
    {
        var seenTo = others.Select(ObjectKey.Of).ToHashSet();
        var pods = ImmutableArray.CreateBuilder<PlannedPod>();
        foreach (var set in cluster.DaemonSets.Where(set => !seenTo.Contains(ObjectKey.Of(set)) && set.Metadata.DeletionTimestamp is null))
        {
            var source = $"{set.Kind} {ObjectKey.Of(set)}";
            Pod[] present = [.. owners.PodsOf(set).Concat(owners.OrphansOf(set.Metadata.Namespace, set.Spec.Selector)).Where(Owners.IsActive)];
            var covered = present.Select(DaemonPods.NodeOf).ToHashSet(StringComparer.Ordinal);
            pods.AddRange(present.Where(pod => takesPending && pod.Spec.NodeName.Length == 0).Select(pod => new PlannedPod(pod, source, IsMade: true)));
            foreach (var node in cluster.Nodes.Where(node => !covered.Contains(node.Metadata.Name)))
            {
                if (DaemonPods.For(TemplatePods.Of(set.Spec.Template, set, set.Metadata.Name), node) is { } pod)
                {
                    var admitted = admission.Admit(pod with { Metadata = pod.Metadata with { Name = names.Next(set.Metadata.Namespace, set.Metadata.Name) } }, source);
                    if (admission.Refusal(admitted) is null)
                    {
                        pods.Add(new(admitted, source));
                    }
                }
            }
        }

        return new(pods.ToImmutable());
    }

    /// <summary>Puts the pods on their nodes.</summary>
    /// <returns>What was done, one sentence each.</returns>
    public IEnumerable<string> Fill(Scheduler scheduler)
    {
        if (_pods.IsEmpty)
        {
            return [];
        }

        var left = _pods.Count(planned => !IsPlaced(scheduler, planned.Pod));
        var sources = SettledCluster.Names([.. _pods.GroupBy(static planned => planned.Source, StringComparer.Ordinal).Select(static group => $"{group.Key} ({group.Count()})")]);
        var told = $"{(_pods.Length == 1 ? "1 pod" : $"{_pods.Length} pods")} that DaemonSets of the cluster have yet to make or to get placed: the plan places them first: {sources}";
        return [left == 0 ? $"{told}." : $"{told}; {left} of them find no room."];
    }

    private static bool IsPlaced(Scheduler scheduler, Pod pod)
    {
        if (pod.Spec.NodeName.Length > 0)
        {
            scheduler.Assume(pod, pod.Spec.NodeName);
            return true;
        }

        return scheduler.Place(pod).NodeName is not null;
    }
}
