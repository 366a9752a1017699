using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>The controller of Deployments.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/deployment.</remarks>
internal sealed class DeploymentController : IReconciler
{
    public string Name => DeploymentSync.Source;

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<Deployment>(), ApiKind.Of<ReplicaSet>(), ApiKind.Of<Pod>()];

    public IReconciler Fork() => new DeploymentController();

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        switch (change.Object)
        {
            case Deployment:
                queue.Add(ObjectKey.Of(change.Object));
                break;
            case ReplicaSet set:
                ObserveReplicaSet(change.Type, set, change.Old as ReplicaSet, cache, queue);
                break;
            case Pod pod when change.Type == ChangeType.Deleted:
                ObserveLastPod(pod, cache, queue);
                break;
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<Deployment>(key) is not { } deployment)
        {
            return Reconciliation.Done;
        }

        var failure = DeploymentSync.Run(deployment, cache, api, queue);
        return failure is null ? Reconciliation.Done : new(failure.Message) { IsFinal = failure.IsNamespaceTerminating() };
    }

    private static void ObserveReplicaSet(ChangeType type, ReplicaSet set, ReplicaSet? old, IObjectReader cache, IWorkQueue queue)
    {
        if (type == ChangeType.Modified && set.Metadata.ResourceVersion == old!.Metadata.ResourceVersion)
        {
            return;
        }

        var owner = ControllerReference.ControllerOf(set);
        var oldOwner = old is null ? owner : ControllerReference.ControllerOf(old);
        if (owner != oldOwner)
        {
            AddOwner(set.Metadata.Namespace, oldOwner, cache, queue);
        }

        if (owner is not null)
        {
            AddOwner(set.Metadata.Namespace, owner, cache, queue);
        }
        else if (type != ChangeType.Deleted && (old is null || owner != oldOwner || !old.Metadata.Labels.Equals(set.Metadata.Labels)))
        {
            foreach (var deployment in cache.List<Deployment>(ObjectIndex.Namespace, set.Metadata.Namespace))
            {
                if (deployment.Spec.Selector is not { MatchLabels.Count: 0, MatchExpressions.Length: 0 } and { } selector
                    && selector.Matches(set.Metadata.Labels))
                {
                    queue.Add(ObjectKey.Of(deployment));
                }
            }
        }
    }

    private static void ObserveLastPod(Pod pod, IObjectReader cache, IWorkQueue queue)
    {
        if (ControllerReference.ControllerOf(pod) is not { Kind: "ReplicaSet" } owner
            || cache.Get<ReplicaSet>(new(pod.Metadata.Namespace, owner.Name)) is not { } set || set.Metadata.Uid != owner.Uid
            || DeploymentOf(set.Metadata.Namespace, ControllerReference.ControllerOf(set), cache) is not { Spec.Strategy.Type: "Recreate" } deployment)
        {
            return;
        }

        var arePodsLeft = cache.List<ReplicaSet>(ObjectIndex.Controller, deployment.Metadata.Uid)
            .Any(other => cache.List<Pod>(ObjectIndex.Controller, other.Metadata.Uid).Any());
        if (!arePodsLeft)
        {
            queue.Add(ObjectKey.Of(deployment));
        }
    }

    private static void AddOwner(string space, OwnerReference? owner, IObjectReader cache, IWorkQueue queue)
    {
        if (DeploymentOf(space, owner, cache) is { } deployment)
        {
            queue.Add(ObjectKey.Of(deployment));
        }
    }

    private static Deployment? DeploymentOf(string space, OwnerReference? owner, IObjectReader cache) =>
        owner is { Kind: "Deployment" } && cache.Get<Deployment>(new(space, owner.Name)) is { } deployment && deployment.Metadata.Uid == owner.Uid
            ? deployment
            : null;
}
