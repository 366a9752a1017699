using System.Collections.Immutable;
using K124.Sim.Manifests;
using K124.Sim.Planning;

namespace K124.Sim.Cli.Output;

/// <summary>The document of <c>k124 place</c>.</summary>
internal sealed record PlacementPlanJson(
    string ApiVersion,
    string Kind,
    string Release,
    int Scheduled,
    int Unschedulable,
    int NotCreated,
    ImmutableArray<PodPlacementJson> Pods,
    ImmutableArray<PodsNotCreated> Withheld,
    ExplanationJson? Explanation,
    ImmutableArray<NodeUtilizationJson> Utilization,
    ImmutableArray<string> Notices,
    ImmutableArray<IgnoredJson> Ignored)
{
    public static PlacementPlanJson Of(PlacementPlan plan, PodPlacement? explained, KubernetesRelease release, IEnumerable<UnknownKind> ignored)
    {
        var unschedulable = plan.Unschedulable.Count();
        return new(
            JsonOutput.ApiVersion,
            nameof(PlacementPlan),
            release.ToString(),
            plan.Pods.Length - unschedulable,
            unschedulable,
            plan.NotCreated.Sum(static pods => pods.Pods),
            [.. plan.Pods.Select(PodPlacementJson.Of)],
            plan.NotCreated,
            explained is null ? null : ExplanationJson.Of(explained),
            [.. plan.Utilization.Select(NodeUtilizationJson.Of)],
            plan.Notices,
            IgnoredJson.Of(ignored));
    }
}

/// <summary>A pod: the node that takes it, or why none does.</summary>
internal sealed record PodPlacementJson(string Namespace, string Name, string Source, string? Node, FailureJson? Failure)
{
    public static PodPlacementJson Of(PodPlacement pod) => new(
        pod.Pod.Metadata.Namespace, pod.Pod.Metadata.Name, pod.Source, pod.Result.NodeName, FailureJson.Of(pod.Result));
}
