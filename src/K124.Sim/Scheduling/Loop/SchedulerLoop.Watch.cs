using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;

namespace K124.Sim.Scheduling.Loop;

public sealed partial class SchedulerLoop
{
    private static readonly Dictionary<Type, ClusterResource> StorageResources = new()
    {
        [typeof(PersistentVolume)] = ClusterResource.PersistentVolume,
        [typeof(PersistentVolumeClaim)] = ClusterResource.PersistentVolumeClaim,
        [typeof(StorageClass)] = ClusterResource.StorageClass,
        [typeof(CSINode)] = ClusterResource.CSINode,
        [typeof(CSIDriver)] = ClusterResource.CSIDriver,
        [typeof(CSIStorageCapacity)] = ClusterResource.CSIStorageCapacity,
    };

    /// <inheritdoc/>
    public void Observe(in ObjectChange change, IObjectReader cache)
    {
        _podCache.Reader = cache;
        var isGone = change.Type == ChangeType.Deleted;
        switch (change.Object)
        {
            case Pod pod:
                ObservePod(Live((Pod?)change.Old ?? (isGone ? pod : null)), isGone ? null : Live(pod), cache);
                break;
            case Node node:
                ObserveNode((Node?)change.Old ?? (isGone ? node : null), isGone ? null : node, cache);
                break;
            default:
                ObserveOther(change, isGone);
                break;
        }
    }

    /// <summary>The scheduler does not see pods that have ended.</summary>
    private static Pod? Live(Pod? pod) => pod is null || pod.Status.Phase is "Succeeded" or "Failed" ? null : pod;

    private void ObservePod(Pod? old, Pod? pod, IObjectReader cache)
    {
        var wasAssigned = old is { Spec.NodeName.Length: > 0 };
        if (pod is { Spec.NodeName.Length: > 0 })
        {
            if (wasAssigned)
            {
                Count(pod);
                _queue.AssignedPodUpdated(pod, LabelsOfNamespace(pod, cache));
            }
            else
            {
                Confirm(pod);
                _queue.AssignedPodAdded(pod, LabelsOfNamespace(pod, cache));
            }
        }
        else if (wasAssigned)
        {
            Uncount(old!);
            _queue.MoveAllToActiveOrBackoffQueue(ClusterEvent.AssignedPodDelete);
        }

        if (!wasAssigned)
        {
            ObserveWaiting(old, pod is { Spec.NodeName.Length: 0 } ? pod : null);
        }
    }

    private void ObserveWaiting(Pod? old, Pod? pod)
    {
        if (old is not null && !_scheduler.HasProfileFor(old))
        {
            old = null;
        }

        if (pod is null || !_scheduler.HasProfileFor(pod))
        {
            if (old is not null)
            {
                _queue.Delete(old);
            }
        }
        else if (old is null)
        {
            _queue.Add(pod);
        }
        else if (_assumed.Find(ObjectKey.Of(pod))?.Metadata.Uid != pod.Metadata.Uid)
        {
            _queue.Update(old, pod);
        }
    }

    private void ObserveNode(Node? old, Node? node, IObjectReader cache)
    {
        if (node is null)
        {
            _scheduler.Delete(ApiKind.Of<Node>(), ObjectKey.Of(old!));
            return;
        }

        _scheduler.Apply(node);
        if ((old is null ? ClusterEvent.NodeAdd : NodeChanges.EventOf(old, node)) is { } clusterEvent)
        {
            _queue.MoveAllToActiveOrBackoffQueue(
                clusterEvent, _queue.UnschedulableCount == 0 ? null : new NodePreCheck(node, PodsOn(node.Metadata.Name, cache)).Admits);
        }
    }

    private void ObserveOther(in ObjectChange change, bool isGone)
    {
        if (isGone)
        {
            _scheduler.Delete(change.Kind, ObjectKey.Of(change.Object));
        }
        else
        {
            _scheduler.Apply(change.Object);
        }

        if (StorageResources.TryGetValue(change.Object.GetType(), out var resource))
        {
            var action = change.Type switch { ChangeType.Added => ActionTypes.Add, ChangeType.Deleted => ActionTypes.Delete, _ => ActionTypes.Update };
            var clusterEvent = new ClusterEvent(resource, action);
            if (_queueOptions.Events.IsHandled(clusterEvent) && (change.Object is not StorageClass storageClass || WakesPods(storageClass, action)))
            {
                _queue.MoveAllToActiveOrBackoffQueue(clusterEvent);
            }
        }
    }

    /// <summary>A new class helps only pods whose claims wait for them; a class that goes helps none.</summary>
    private static bool WakesPods(StorageClass storageClass, ActionTypes action) =>
        action == ActionTypes.Update || (action == ActionTypes.Add && storageClass.VolumeBindingMode == "WaitForFirstConsumer");

    private static StringMap<string> LabelsOfNamespace(Pod pod, IObjectReader cache) =>
        cache.Get<Namespace>(new("", pod.Metadata.Namespace))?.Metadata.Labels ?? StringMap<string>.Empty;

    /// <summary>A pod that was assumed on this node is there already, as it was assumed.</summary>
    private void Confirm(Pod pod)
    {
        var assumed = _assumed.Remove(ObjectKey.Of(pod));
        if (assumed is null)
        {
            Count(pod);
        }
        else if (assumed.Spec.NodeName != pod.Spec.NodeName || assumed.Metadata.Uid != pod.Metadata.Uid)
        {
            Uncount(assumed);
            Count(pod);
        }
    }

    private void Count(Pod pod) => _scheduler.Apply(pod);

    private void Uncount(Pod pod) => _scheduler.Delete(ApiKind.Of<Pod>(), ObjectKey.Of(pod));

    private List<Pod> PodsOn(string node, IObjectReader cache) =>
    [
        .. cache.List<Pod>(ObjectIndex.Node, node).Where(static pod => Live(pod) is not null),
        .. _assumed.All.Where(pod => pod.Spec.NodeName == node && cache.Get<Pod>(ObjectKey.Of(pod)) is not { Spec.NodeName.Length: > 0 }),
    ];
}
