using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Pods;

namespace K124.Sim.Workloads;

/// <summary>The controller of DaemonSets.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/daemon.</remarks>
internal sealed class DaemonSetController : IReconciler
{
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(1);

    public string Name => "daemonset-controller";

    public ImmutableArray<ApiKind> Watches =>
        [ApiKind.Of<DaemonSet>(), ApiKind.Of<ControllerRevision>(), ApiKind.Of<Pod>(), ApiKind.Of<Node>()];

    /// <summary>What was asked for and not yet seen.</summary>
    internal Expectations Expectations { get; private init; } = new();

    /// <summary>Failed daemons that have to wait.</summary>
    internal DaemonSetBackoff Backoff { get; private init; } = new();

    public IReconciler Fork() => new DaemonSetController { Expectations = Expectations.Fork(), Backoff = Backoff.Fork() };

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        switch (change.Object)
        {
            case DaemonSet:
                if (change.Type == ChangeType.Deleted || (change.Old is { } old && old.Metadata.Uid != change.Object.Metadata.Uid))
                {
                    Expectations.Forget(ObjectKey.Of(change.Object));
                }

                queue.Add(ObjectKey.Of(change.Object));
                break;
            case Pod pod:
                ObservePod(change.Type, pod, change.Old as Pod, cache, queue);
                break;
            case ControllerRevision revision:
                WakeOwnerOrSelecting(change.Type, revision, change.Old, cache, queue);
                break;
            case Node node when change.Type != ChangeType.Deleted:
                ObserveNode(node, change.Old as Node, cache, queue);
                break;
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<DaemonSet>(key) is not { } set)
        {
            Expectations.Forget(key);
            return Reconciliation.Done;
        }

        if (set.Spec.Selector is { MatchLabels.Count: 0, MatchExpressions.Length: 0 })
        {
            api.Record(ApiEvent.Warning(
                set, "SelectingAll", "This daemon set is selecting all pods. A non-empty selector is required.", Name));
            return Reconciliation.Done;
        }

        if (set.Metadata.DeletionTimestamp is not null)
        {
            return Reconciliation.Done;
        }

        return CompiledSelector.TryCompile(set.Spec.Selector, out var error) is { } selector
            ? new(new DaemonSetSync(set, selector, cache, api, queue, Expectations, Backoff, Name).Run())
            : new($"failed to construct revisions of DaemonSet: {error}");
    }

    private static DaemonSet? SetOf(string space, OwnerReference? owner, IObjectReader cache) =>
        owner is { Kind: "DaemonSet" } && cache.Get<DaemonSet>(new(space, owner.Name)) is { } set && set.Metadata.Uid == owner.Uid ? set : null;

    private static void WakeOwnerOrSelecting(ChangeType type, IApiObject item, IApiObject? old, IObjectReader cache, IWorkQueue queue)
    {
        if (type == ChangeType.Modified && item.Metadata.ResourceVersion == old!.Metadata.ResourceVersion)
        {
            return;
        }

        var owner = ControllerReference.ControllerOf(item);
        var oldOwner = old is null ? owner : ControllerReference.ControllerOf(old);
        if (owner != oldOwner && SetOf(item.Metadata.Namespace, oldOwner, cache) is { } oldSet)
        {
            queue.Add(ObjectKey.Of(oldSet));
        }

        if (owner is not null)
        {
            if (SetOf(item.Metadata.Namespace, owner, cache) is { } set)
            {
                queue.Add(ObjectKey.Of(set));
            }
        }
        else if (type != ChangeType.Deleted && (old is null || owner != oldOwner || !old.Metadata.Labels.Equals(item.Metadata.Labels)))
        {
            foreach (var set in cache.List<DaemonSet>(ObjectIndex.Namespace, item.Metadata.Namespace))
            {
                if (CompiledSelector.TryCompile(set.Spec.Selector, out _) is { MatchesEverything: false } selector && selector.Matches(item.Metadata.Labels))
                {
                    queue.Add(ObjectKey.Of(set));
                }
            }
        }
    }

    private static void ObserveNode(Node node, Node? old, IObjectReader cache, IWorkQueue queue)
    {
        if (old is not null && !HasChanged(old, node))
        {
            return;
        }

        foreach (var set in cache.List<DaemonSet>())
        {
            var tolerations = DaemonSetPods.WithTolerations(set.Spec.Template).Spec.Tolerations;
            var fit = DaemonSetPods.Fits(set, tolerations, node);
            if (old is null ? fit.ShouldRun : fit != DaemonSetPods.Fits(set, tolerations, old))
            {
                queue.Add(ObjectKey.Of(set));
            }
        }
    }

    // Heartbeats change nothing that daemons are placed by.
    private static bool HasChanged(Node old, Node node) =>
        old.Spec != node.Spec || !old.Metadata.Labels.Equals(node.Metadata.Labels) || !TrueConditions(old).SequenceEqual(TrueConditions(node));

    private static IEnumerable<string> TrueConditions(Node node) =>
        node.Status.Conditions.Where(static condition => condition.Status == "True").Select(static condition => condition.Type);

    private void ObservePod(ChangeType type, Pod pod, Pod? old, IObjectReader cache, IWorkQueue queue)
    {
        var set = SetOf(pod.Metadata.Namespace, ControllerReference.ControllerOf(pod), cache);
        var isDeletion = type == ChangeType.Deleted || pod.Metadata.DeletionTimestamp is not null;
        if (type == ChangeType.Modified && pod.Metadata.ResourceVersion == old!.Metadata.ResourceVersion)
        {
            return;
        }

        if (isDeletion)
        {
            if (set is not null)
            {
                Expectations.DeletionSeen(ObjectKey.Of(set));
                queue.Add(ObjectKey.Of(set));
            }

            return;
        }

        if (set is not null && type == ChangeType.Added)
        {
            Expectations.CreationSeen(ObjectKey.Of(set));
        }

        WakeOwnerOrSelecting(type, pod, old, cache, queue);
        if (set is not null && old is not null && set.Spec.MinReadySeconds > 0 && !PodPredicates.IsReady(old) && PodPredicates.IsReady(pod))
        {
            queue.AddAfter(ObjectKey.Of(set), TimeSpan.FromSeconds(set.Spec.MinReadySeconds) + ClockSlack);
        }
    }
}
