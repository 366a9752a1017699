using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Pods;

namespace K124.Sim.Workloads;

/// <summary>Keeps as many pods as wanted: what the controllers of ReplicaSets and ReplicationControllers have in common.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/replicaset.</remarks>
internal abstract class ReplicaManager : IReconciler
{
    private const int Burst = 500;

    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(1);

    private readonly FeatureGates _gates;

    protected ReplicaManager(string name, ApiKind kind, FeatureGates gates, Expectations expectations)
    {
        Name = name;
        Kind = kind;
        _gates = gates;
        Expectations = expectations;
    }

    public string Name { get; }

    public ImmutableArray<ApiKind> Watches => [Kind, ApiKind.Of<Pod>()];

    /// <summary>What was asked for and not yet seen.</summary>
    internal Expectations Expectations { get; }

    protected ApiKind Kind { get; }

    protected FeatureGates Gates => _gates;

    public abstract IReconciler Fork();

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Object is Pod pod)
        {
            ObservePod(change.Type, pod, change.Old as Pod, cache, queue);
            return;
        }

        var key = ObjectKey.Of(change.Object);
        if (change is { Type: ChangeType.Modified, Old: { } old } && old.Metadata.Uid != change.Object.Metadata.Uid)
        {
            Expectations.Forget(key);
        }

        queue.Add(key);
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get(Kind, key) is not { } item)
        {
            Expectations.Forget(key);
            return Reconciliation.Done;
        }

        var parent = View(item);
        if (parent.Selector is not { } selector)
        {
            return Reconciliation.Done;
        }

        var mayManage = Expectations.AreSatisfied(key, api.Now);
        var claim = new ControllerClaim<Pod>(item, Kind, pod => selector.Matches(pod.Metadata.Labels), api);
        var (pods, error) = claim.Claim(ControllerClaim<Pod>.Candidates(cache, item).Where(PodPredicates.IsActive));
        if (error is not null)
        {
            return new(error);
        }

        var missing = parent.Replicas - pods.Length;
        var failure = mayManage && item.Metadata.DeletionTimestamp is null && missing != 0
            ? Manage(key, parent, pods, missing, cache, api)
            : null;
        var status = ReplicaSetStatuses.Of(parent, pods, failure, missing, api.Now);
        var (updated, refusal) = WriteStatusIfChanged(parent, status, api);
        if (refusal is not null)
        {
            return new(refusal);
        }

        if (failure is null && updated.MinReadySeconds > 0 && updated.Status.ReadyReplicas == updated.Replicas
            && updated.Status.AvailableReplicas != updated.Replicas)
        {
            queue.AddAfter(key, TimeSpan.FromSeconds(updated.MinReadySeconds));
        }

        return new(failure);
    }

    /// <summary>An object as what both kinds have in common.</summary>
    protected abstract ReplicaParent View(IApiObject item);

    /// <summary>The object with another status.</summary>
    protected abstract IApiObject WithStatus(IApiObject item, ReplicaSetStatus status);

    /// <summary>All pods that count as neighbours of a parent's pods.</summary>
    protected abstract IEnumerable<Pod> RelatedPods(ReplicaParent parent, IObjectReader cache);

    private string? Manage(ObjectKey key, ReplicaParent parent, ImmutableArray<Pod> pods, int missing, IObjectReader cache, IApiClient api)
    {
        var control = new PodControl(Name, api);
        return missing > 0
            ? CreatePods(key, parent, Math.Min(missing, Burst), control, api.Now)
            : DeletePods(key, parent, Chosen(parent, pods, Math.Min(-missing, Burst), cache, api.Now), control, api.Now);
    }

    private string? CreatePods(ObjectKey key, ReplicaParent parent, int count, PodControl control, DateTimeOffset now)
    {
        Expectations.Expect(key, count, 0, now);
        var (successes, refusal) = SlowStart.Run(
            count,
            _ => control.Create(parent.Template, parent.Object) is { } status && !status.IsNamespaceTerminating() ? status : null);
        if (count > successes)
        {
            Expectations.CreationSeen(key, count - successes);
        }

        return refusal?.Message;
    }

    private ImmutableArray<Pod> Chosen(ReplicaParent parent, ImmutableArray<Pod> pods, int count, IObjectReader cache, DateTimeOffset now) =>
        count >= pods.Length ? pods : new PodDeletionRanking(now, _gates).Rank(pods, RelatedPods(parent, cache))[..count];

    private string? DeletePods(ObjectKey key, ReplicaParent parent, ImmutableArray<Pod> pods, PodControl control, DateTimeOffset now)
    {
        Expectations.ExpectDeletions(key, pods.Select(static pod => ObjectKey.Of(pod).ToString()), now);
        string? first = null;
        foreach (var pod in pods)
        {
            var podKey = ObjectKey.Of(pod);
            if (control.Delete(podKey, parent.Object) is { } refusal)
            {
                Expectations.DeletionSeen(key, podKey.ToString());
                first ??= refusal.IsNotFound() ? null : refusal.Message;
            }
        }

        return first;
    }

    private (ReplicaParent Updated, string? Refusal) WriteStatusIfChanged(ReplicaParent parent, ReplicaSetStatus status, IApiClient api)
    {
        var generation = parent.Object.Metadata.Generation;
        if (status == parent.Status && generation == status.ObservedGeneration)
        {
            return (parent, null);
        }

        status = status with { ObservedGeneration = generation };
        var result = Write(parent.Object, status, api);
        if (!result.Succeeded)
        {
            var key = ObjectKey.Of(parent.Object);
            if (api.Get(Kind, key) is not { } live)
            {
                return (parent, ApiReasons.NotFound(ApiResources.GroupResourceOf(Kind), key.Name).Message);
            }

            result = Write(live, status, api);
        }

        return result.Succeeded ? (View(result.Value), null) : (parent, result.Status.Message);
    }

    private ApiResult<IApiObject> Write(IApiObject item, ReplicaSetStatus status, IApiClient api) => api.Write(new()
    {
        Verb = ApiVerb.Update,
        Kind = Kind,
        Key = ObjectKey.Of(item),
        Subresource = "status",
        Object = WithStatus(item, status),
    });

    private void ObservePod(ChangeType type, Pod pod, Pod? old, IObjectReader cache, IWorkQueue queue)
    {
        if (type == ChangeType.Deleted || (type == ChangeType.Added && pod.Metadata.DeletionTimestamp is not null))
        {
            DeletionSeen(pod, cache, queue);
            return;
        }

        if (type == ChangeType.Added)
        {
            if (ControllerReference.ControllerOf(pod) is { } owner)
            {
                if (Resolve(pod.Metadata.Namespace, owner, cache) is { } key)
                {
                    Expectations.CreationSeen(key);
                    queue.Add(key);
                }
            }
            else
            {
                WakeSelecting(pod, cache, queue);
            }

            return;
        }

        ObserveUpdate(pod, old!, cache, queue);
    }

    private void ObserveUpdate(Pod pod, Pod old, IObjectReader cache, IWorkQueue queue)
    {
        if (pod.Metadata.ResourceVersion == old.Metadata.ResourceVersion)
        {
            return;
        }

        var haveLabelsChanged = !pod.Metadata.Labels.Equals(old.Metadata.Labels);
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            DeletionSeen(pod, cache, queue);
            if (haveLabelsChanged)
            {
                DeletionSeen(old, cache, queue);
            }

            return;
        }

        var owner = ControllerReference.ControllerOf(pod);
        var oldOwner = ControllerReference.ControllerOf(old);
        if (owner != oldOwner && oldOwner is not null && Resolve(old.Metadata.Namespace, oldOwner, cache) is { } oldKey)
        {
            queue.Add(oldKey);
        }

        if (owner is null)
        {
            if (haveLabelsChanged || owner != oldOwner)
            {
                WakeSelecting(pod, cache, queue);
            }
        }
        else if (Resolve(pod.Metadata.Namespace, owner, cache) is { } key)
        {
            queue.Add(key);
            if (!PodPredicates.IsReady(old) && PodPredicates.IsReady(pod) && View(cache.Get(Kind, key)!) is { MinReadySeconds: > 0 and var seconds })
            {
                queue.AddAfter(key, TimeSpan.FromSeconds(seconds) + ClockSlack);
            }
        }
    }

    private void DeletionSeen(Pod pod, IObjectReader cache, IWorkQueue queue)
    {
        if (ControllerReference.ControllerOf(pod) is { } owner && Resolve(pod.Metadata.Namespace, owner, cache) is { } key)
        {
            Expectations.DeletionSeen(key, ObjectKey.Of(pod).ToString());
            queue.Add(key);
        }
    }

    private ObjectKey? Resolve(string space, OwnerReference owner, IObjectReader cache)
    {
        var key = new ObjectKey(space, owner.Name);
        return owner.Kind == Kind.Kind && cache.Get(Kind, key)?.Metadata.Uid == owner.Uid ? key : null;
    }

    private void WakeSelecting(Pod pod, IObjectReader cache, IWorkQueue queue)
    {
        foreach (var item in cache.List(Kind, ObjectIndex.Namespace, pod.Metadata.Namespace))
        {
            if (View(item).Selector is { MatchesEverything: false } selector && selector.Matches(pod.Metadata.Labels))
            {
                queue.Add(ObjectKey.Of(item));
            }
        }
    }
}
