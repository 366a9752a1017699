using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Nodes;

/// <summary>Deletes pods that do not tolerate the NoExecute taints of their nodes, or no longer.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/nodelifecycle/scheduler/taint_manager.go.</remarks>
internal sealed class TaintManager : IReconciler
{
    private const int Tries = 5;

    private ImmutableDictionary<ObjectKey, PendingEviction> _pending = ImmutableDictionary<ObjectKey, PendingEviction>.Empty;

    public string Name => "taint-controller";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<Node>(), ApiKind.Of<Pod>()];

    public IReconciler Fork() => new TaintManager { _pending = _pending };

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Object is Pod pod)
        {
            var old = change.Old as Pod;
            if (!_pending.ContainsKey(ObjectKey.Of(pod)) && !IsOnTaintedNode(pod, cache))
            {
                return;
            }

            if (change.Type == ChangeType.Deleted || old is null || old.Spec.NodeName != pod.Spec.NodeName
                || !old.Spec.Tolerations.AsSpan().SequenceEqual(pod.Spec.Tolerations.AsSpan()))
            {
                queue.Add(ObjectKey.Of(pod));
            }
        }
        else if (change.Object is Node node && HasOtherTaints(node, change.Old as Node))
        {
            foreach (var assigned in cache.List<Pod>(ObjectIndex.Node, node.Metadata.Name))
            {
                queue.Add(ObjectKey.Of(assigned));
            }
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        PendingEviction? pending = _pending.TryGetValue(key, out var scheduled) ? scheduled : null;
        if (cache.Get<Pod>(key) is not { Spec.NodeName.Length: > 0 } pod || cache.Get<Node>(new("", pod.Spec.NodeName)) is not { } node)
        {
            _pending = _pending.Remove(key);
            return Reconciliation.Done;
        }

        if (pending is { } due && due.At <= api.Now)
        {
            _pending = _pending.Remove(key);
            return Evict(pod, api);
        }

        var decision = TaintEviction.Decide(NoExecuteTaints(node), pod.Spec.Tolerations, pending, api.Now);
        if (decision.IsCancelled)
        {
            api.Record(ApiEvent.Normal(pod, "TaintManagerEviction", $"Cancelling deletion of Pod {key}", Name));
        }

        _pending = decision.Pending is { } later ? _pending.SetItem(key, later) : _pending.Remove(key);
        return decision.EvictsNow ? Evict(pod, api) : new(RequeueAfter: decision.Pending?.At - api.Now);
    }

    private Reconciliation Evict(Pod pod, IApiClient api)
    {
        var key = ObjectKey.Of(pod);
        api.Record(ApiEvent.Normal(pod, "TaintManagerEviction", $"Marking for deletion Pod {key}", Name));
        for (var i = 0; i < Tries; i++)
        {
            if (api.Delete<Pod>(key).Succeeded)
            {
                break;
            }
        }

        return Reconciliation.Done;
    }

    private static bool IsOnTaintedNode(Pod pod, IObjectReader cache)
    {
        if (pod.Spec.NodeName.Length == 0 || cache.Get<Node>(new("", pod.Spec.NodeName)) is not { } node)
        {
            return false;
        }

        foreach (var taint in node.Spec.Taints)
        {
            if (taint.Effect == TaintEviction.NoExecute)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasOtherTaints(Node node, Node? old) =>
        !NoExecuteTaints(node).AsSpan().SequenceEqual((old is null ? [] : NoExecuteTaints(old)).AsSpan());

    private static ImmutableArray<Taint> NoExecuteTaints(Node node) =>
        [.. node.Spec.Taints.Where(static taint => taint.Effect == TaintEviction.NoExecute)];
}
