using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Workloads;

/// <summary>The controller of ReplicationControllers.</summary>
internal sealed class ReplicationControllerManager : ReplicaManager
{
    private ReplicationControllerManager(FeatureGates gates, Expectations expectations)
        : base("replication-controller", ApiKind.Of<ReplicationController>(), gates, expectations)
    {
    }

    public ReplicationControllerManager(FeatureGates gates)
        : this(gates, new())
    {
    }

    public override IReconciler Fork() => new ReplicationControllerManager(Gates, Expectations.Fork());

    protected override ReplicaParent View(IApiObject item) => ReplicaParent.Of((ReplicationController)item);

    protected override IApiObject WithStatus(IApiObject item, ReplicaSetStatus status) => ReplicaParent.Converted((ReplicationController)item) with
    {
        Status = new()
        {
            AvailableReplicas = status.AvailableReplicas,
            Conditions = status.Conditions,
            FullyLabeledReplicas = status.FullyLabeledReplicas,
            ObservedGeneration = status.ObservedGeneration,
            ReadyReplicas = status.ReadyReplicas,
            Replicas = status.Replicas,
        },
    };

    protected override IEnumerable<Pod> RelatedPods(ReplicaParent parent, IObjectReader cache) =>
        ControllerReference.ControllerOf(parent.Object) is { } owner
            ? cache.List<ReplicationController>(ObjectIndex.Controller, owner.Uid)
                .Where(other => other.Metadata.Namespace == parent.Object.Metadata.Namespace)
                .SelectMany(other => Selected(ReplicaParent.Of(other), cache))
                .DistinctBy(static pod => pod.Metadata.Uid, StringComparer.Ordinal)
            : [];

    private static IEnumerable<Pod> Selected(ReplicaParent parent, IObjectReader cache) =>
        cache.List<Pod>(ObjectIndex.Namespace, parent.Object.Metadata.Namespace)
            .Where(pod => parent.Selector?.Matches(pod.Metadata.Labels) == true);
}
