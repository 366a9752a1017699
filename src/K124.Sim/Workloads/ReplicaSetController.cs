using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Workloads;

/// <summary>The controller of ReplicaSets.</summary>
internal sealed class ReplicaSetController : ReplicaManager
{
    private ReplicaSetController(FeatureGates gates, Expectations expectations)
        : base("replicaset-controller", ApiKind.Of<ReplicaSet>(), gates, expectations)
    {
    }

    public ReplicaSetController(FeatureGates gates)
        : this(gates, new())
    {
    }

    public override IReconciler Fork() => new ReplicaSetController(Gates, Expectations.Fork());

    protected override ReplicaParent View(IApiObject item) => ReplicaParent.Of((ReplicaSet)item);

    protected override IApiObject WithStatus(IApiObject item, ReplicaSetStatus status) => (ReplicaSet)item with { Status = status };

    protected override IEnumerable<Pod> RelatedPods(ReplicaParent parent, IObjectReader cache) =>
        ControllerReference.ControllerOf(parent.Object) is { } owner
            ? PodsOf([.. cache.List<ReplicaSet>(ObjectIndex.Controller, owner.Uid).Select(ReplicaParent.Of)], parent, cache)
            : [];

    private static IEnumerable<Pod> PodsOf(ReplicaParent[] related, ReplicaParent parent, IObjectReader cache) =>
        cache.List<Pod>(ObjectIndex.Namespace, parent.Object.Metadata.Namespace).Where(pod => related.Any(
            other => other.Object.Metadata.Namespace == pod.Metadata.Namespace && other.Selector?.Matches(pod.Metadata.Labels) == true));
}
