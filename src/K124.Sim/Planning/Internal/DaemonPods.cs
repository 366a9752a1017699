using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Planning.Internal;

/// <summary>Which nodes a DaemonSet wants a pod on, and the pod it makes for one.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/daemon: the controller picks nodes by name, node affinity and taints, and ties each pod to
/// its node by a node affinity that names it; the scheduler then places it, unless the template itself names the node.</remarks>
internal static class DaemonPods
{
    /// <summary>The pod for a node, or null if the controller would not make one there.</summary>
    public static Pod? For(Pod pod, Node node)
    {
        Toleration[] tolerations = [.. pod.Spec.Tolerations, .. AddedTolerations(pod.Spec)];
        var isWanted = (pod.Spec.NodeName.Length == 0 || pod.Spec.NodeName == node.Metadata.Name)
            && new RequiredNodeAffinity(pod.Spec).Matches(node)
            && node.Spec.Taints.All(taint => taint.Effect is not ("NoSchedule" or "NoExecute") || tolerations.Any(toleration => toleration.Tolerates(taint)));
        if (!isWanted)
        {
            return null;
        }

        var affinity = pod.Spec.Affinity ?? new();
        var tied = new NodeSelector
        {
            NodeSelectorTerms = [new() { MatchFields = [new() { Key = "metadata.name", Operator = "In", Values = [node.Metadata.Name] }] }],
        };
        return pod with
        {
            Spec = pod.Spec with
            {
                Tolerations = [.. tolerations],
                Affinity = affinity with { NodeAffinity = (affinity.NodeAffinity ?? new()) with { RequiredDuringSchedulingIgnoredDuringExecution = tied } },
            },
        };
    }

    /// <summary>The node that a pod of a DaemonSet is on or meant for; empty if it is tied to none.</summary>
    public static string NodeOf(Pod pod)
    {
        if (pod.Spec.NodeName.Length > 0)
        {
            return pod.Spec.NodeName;
        }

        return pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is { NodeSelectorTerms: [{ MatchFields: [{ Key: "metadata.name", Values: [var name] }] }, ..] }
            ? name
            : "";
    }

    private static IEnumerable<Toleration> AddedTolerations(PodSpec spec)
    {
        yield return new() { Key = "node.kubernetes.io/not-ready", Operator = "Exists", Effect = "NoExecute" };
        yield return new() { Key = "node.kubernetes.io/unreachable", Operator = "Exists", Effect = "NoExecute" };
        yield return new() { Key = "node.kubernetes.io/disk-pressure", Operator = "Exists", Effect = "NoSchedule" };
        yield return new() { Key = "node.kubernetes.io/memory-pressure", Operator = "Exists", Effect = "NoSchedule" };
        yield return new() { Key = "node.kubernetes.io/pid-pressure", Operator = "Exists", Effect = "NoSchedule" };
        yield return new() { Key = "node.kubernetes.io/unschedulable", Operator = "Exists", Effect = "NoSchedule" };
        if (spec.HostNetwork)
        {
            yield return new() { Key = "node.kubernetes.io/network-unavailable", Operator = "Exists", Effect = "NoSchedule" };
        }
    }
}
