using System.Collections.Immutable;
using K124.Sim.Manifests;
using K124.Sim.Model;
using K124.Sim.Planning;

namespace K124.Sim.Cli.Output;

/// <summary>The document of <c>k124 fit</c>.</summary>
internal sealed record FitPlanJson(
    string ApiVersion,
    string Kind,
    string Release,
    ObjectKey? Pod,
    ImmutableArray<ObjectKey>? Set,
    int? MaxReplicas,
    int Replicas,
    ImmutableArray<NodeReplicasJson> Nodes,
    FailureJson? Next,
    ImmutableArray<NodeUtilizationJson> Utilization,
    ImmutableArray<string> Notices,
    ImmutableArray<IgnoredJson> Ignored)
{
    public static FitPlanJson Of(FitPlan plan, ImmutableArray<ObjectKey> pods, int? maxReplicas, KubernetesRelease release, IEnumerable<UnknownKind> ignored) => new(
        JsonOutput.ApiVersion,
        nameof(FitPlan),
        release.ToString(),
        pods.Length == 1 ? pods[0] : null,
        pods.Length == 1 ? null : pods,
        maxReplicas,
        plan.Replicas,
        [.. plan.Nodes.Select(static node => new NodeReplicasJson(node.NodeName, node.Replicas))],
        FailureJson.Of(plan.Next),
        [.. plan.Utilization.Select(NodeUtilizationJson.Of)],
        plan.Notices,
        IgnoredJson.Of(ignored));
}

internal sealed record NodeReplicasJson(string Node, int Replicas);
