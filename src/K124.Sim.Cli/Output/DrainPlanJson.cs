using System.Collections.Immutable;
using K124.Sim.Manifests;
using K124.Sim.Planning;

namespace K124.Sim.Cli.Output;

/// <summary>The document of <c>k124 drain</c>.</summary>
internal sealed record DrainPlanJson(
    string ApiVersion,
    string Kind,
    string Release,
    string Node,
    string? Refusal,
    ImmutableArray<DrainedPodJson> Pods,
    ImmutableArray<NodeUtilizationJson> Utilization,
    ImmutableArray<string> Notices,
    ImmutableArray<IgnoredJson> Ignored)
{
    public static DrainPlanJson Of(DrainPlan plan, KubernetesRelease release, IEnumerable<UnknownKind> ignored) => new(
        JsonOutput.ApiVersion,
        nameof(DrainPlan),
        release.ToString(),
        plan.NodeName,
        plan.Refusal,
        [.. plan.Pods.Select(DrainedPodJson.Of)],
        [.. plan.Utilization.Select(NodeUtilizationJson.Of)],
        plan.Notices,
        IgnoredJson.Of(ignored));
}

/// <summary>A pod of the node: what becomes of it, and the pod that takes its place.</summary>
internal sealed record DrainedPodJson(string Namespace, string Name, string Fate, string? Reason, PodPlacementJson? Replacement)
{
    public static DrainedPodJson Of(DrainedPod pod) => new(
        pod.Pod.Metadata.Namespace,
        pod.Pod.Metadata.Name,
        pod.Fate.ToString(),
        pod.Reason.Length == 0 ? null : pod.Reason,
        pod.Replacement is null ? null : PodPlacementJson.Of(pod.Replacement));
}
