using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Platform;
using K124.Sim.Pods;

namespace K124.Sim.Workloads;

/// <summary>The controller of StatefulSets.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/statefulset.</remarks>
/// <param name="gates">Feature gates.</param>
internal sealed class StatefulSetController(FeatureGates gates) : IReconciler
{
    private const int StatusTries = 5;

    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(1);

    public string Name => "statefulset-controller";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<StatefulSet>(), ApiKind.Of<Pod>()];

    public IReconciler Fork() => new StatefulSetController(gates);

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Object is Pod pod)
        {
            ObservePod(change.Type, pod, change.Old as Pod, cache, queue);
        }
        else
        {
            queue.Add(ObjectKey.Of(change.Object));
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<StatefulSet>(key) is not { } set || CompiledSelector.TryCompile(set.Spec.Selector, out _) is not { } selector)
        {
            return Reconciliation.Done;
        }

        if (AdoptRevisions(set, cache, api) is { } adoptionError)
        {
            return new(adoptionError);
        }

        var kind = ApiKind.Of<StatefulSet>();
        var claim = new ControllerClaim<Pod>(
            set, kind, pod => selector.Matches(pod.Metadata.Labels) && StatefulSetPods.IsMember(set, pod), api);
        var (pods, error) = claim.Claim(ControllerClaim<Pod>.Candidates(cache, set));
        if (error is not null)
        {
            return new(error);
        }

        var revisions = new StatefulSetRevisions(set, StatefulSetRevisions.List(set, cache), api);
        var (status, refusal) = Update(set, revisions, pods, cache, api);
        var cleanUpRefusal = revisions.CleanUp(pods);
        if (ErrorTexts.Aggregate(new[] { refusal, cleanUpRefusal }.OfType<ApiStatus>().Select(static item => item.Message)) is { } failure)
        {
            return new(failure);
        }

        if (set.Spec.MinReadySeconds > 0 && status!.AvailableReplicas != set.Spec.Replicas)
        {
            queue.AddAfter(key, TimeSpan.FromSeconds(set.Spec.MinReadySeconds));
        }

        return Reconciliation.Done;
    }

    private (StatefulSetStatus? Status, ApiStatus? Refusal) Update(
        StatefulSet set, StatefulSetRevisions revisions, ImmutableArray<Pod> pods, IObjectReader cache, IApiClient api)
    {
        if (revisions.Find() is { } refusal)
        {
            return (null, refusal);
        }

        var sync = new StatefulSetSync(set, revisions, pods, new(Name, set, cache, api), api, Name, gates);
        if (sync.Run() is { } syncRefusal)
        {
            return (null, syncRefusal);
        }

        var status = Completed(set, sync.Status);
        var written = sync.HasMadePods ? StatefulSetPods.WithMarkedTemplates(set) : set;
        return (status, IsWorthWriting(set, status) ? WriteStatus(written, status, cache, api) : null);
    }

    private static string? AdoptRevisions(StatefulSet set, IObjectReader cache, IApiClient api)
    {
        ControllerRevision[] orphans =
            [.. StatefulSetRevisions.List(set, cache).Where(static revision => ControllerReference.ControllerOf(revision) is null)];
        if (orphans.Length == 0)
        {
            return null;
        }

        if (Adoption.Refusal(set, ApiKind.Of<StatefulSet>(), api) is { } reason)
        {
            return $"can't adopt ControllerRevisions: {reason}";
        }

        foreach (var revision in orphans)
        {
            var patch = ControllerClaim<ControllerRevision>.AdoptionPatch(set, revision.Metadata.Uid);
            var refusal = api.Patch<ControllerRevision>(ObjectKey.Of(revision), PatchType.StrategicMerge, patch).Status;
            if (refusal is not null)
            {
                return refusal.Message;
            }
        }

        return null;
    }

    private static StatefulSetStatus Completed(StatefulSet set, StatefulSetStatus status) =>
        set.Spec.UpdateStrategy.Type == "RollingUpdate" && status.UpdatedReplicas == status.Replicas && status.ReadyReplicas == status.Replicas
            ? status with { CurrentReplicas = status.UpdatedReplicas, CurrentRevision = status.UpdateRevision }
            : status;

    private static bool IsWorthWriting(StatefulSet set, StatefulSetStatus status)
    {
        var old = set.Status;
        return status.ObservedGeneration > old.ObservedGeneration
            || status != old with
            {
                ObservedGeneration = status.ObservedGeneration,
                CollisionCount = status.CollisionCount,
                Conditions = status.Conditions,
            };
    }

    private static ApiStatus? WriteStatus(StatefulSet set, StatefulSetStatus status, IObjectReader cache, IApiClient api)
    {
        ApiStatus? refusal = null;
        for (var i = 0; i < StatusTries; i++)
        {
            refusal = api.UpdateStatus(set with { Status = status }).Status;
            if (!refusal.IsConflict())
            {
                break;
            }

            set = cache.Get<StatefulSet>(ObjectKey.Of(set)) ?? set;
        }

        return refusal;
    }

    private static void ObservePod(ChangeType type, Pod pod, Pod? old, IObjectReader cache, IWorkQueue queue)
    {
        if (type == ChangeType.Modified && pod.Metadata.ResourceVersion == old!.Metadata.ResourceVersion)
        {
            return;
        }

        var owner = ControllerReference.ControllerOf(pod);
        var oldOwner = old is null ? owner : ControllerReference.ControllerOf(old);
        if (owner != oldOwner && SetOf(pod.Metadata.Namespace, oldOwner, cache) is { } oldSet)
        {
            queue.Add(ObjectKey.Of(oldSet));
        }

        if (owner is not null)
        {
            if (SetOf(pod.Metadata.Namespace, owner, cache) is { } set)
            {
                queue.Add(ObjectKey.Of(set));
                if (old is not null && set.Spec.MinReadySeconds > 0 && !PodPredicates.IsReady(old) && PodPredicates.IsReady(pod))
                {
                    queue.AddAfter(ObjectKey.Of(set), TimeSpan.FromSeconds(set.Spec.MinReadySeconds) + ClockSlack);
                }
            }
        }
        else if (type != ChangeType.Deleted && (old is null || owner != oldOwner || !old.Metadata.Labels.Equals(pod.Metadata.Labels)))
        {
            WakeSelecting(pod, cache, queue);
        }
    }

    private static void WakeSelecting(Pod pod, IObjectReader cache, IWorkQueue queue)
    {
        foreach (var set in cache.List<StatefulSet>(ObjectIndex.Namespace, pod.Metadata.Namespace))
        {
            if (CompiledSelector.TryCompile(set.Spec.Selector, out _) is { MatchesEverything: false } selector && selector.Matches(pod.Metadata.Labels))
            {
                queue.Add(ObjectKey.Of(set));
            }
        }
    }

    private static StatefulSet? SetOf(string space, OwnerReference? owner, IObjectReader cache) =>
        owner is { Kind: "StatefulSet" } && cache.Get<StatefulSet>(new(space, owner.Name)) is { } set && set.Metadata.Uid == owner.Uid ? set : null;
}
