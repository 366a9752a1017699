using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;

namespace K124.Sim.Scheduling.Loop;

// What the scheduler makes of the changes that it watches.
public sealed partial class SchedulingSimulation
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

    private readonly Queue<WatchEvent> _announced = new();
    private readonly Dictionary<string, Dictionary<ObjectKey, Pod>> _podsOnNode = new(StringComparer.Ordinal);

    private void Announce(WatchEvent change) => _announced.Enqueue(change);

    /// <summary>Makes known what has changed, in order.</summary>
    private void Deliver()
    {
        while (_announced.TryDequeue(out var change))
        {
            switch (change.New ?? change.Old)
            {
                case Pod:
                    DeliverPod(Live((Pod?)change.Old), Live((Pod?)change.New));
                    break;
                case Node:
                    DeliverNode((Node?)change.Old, (Node?)change.New);
                    break;
                default:
                    DeliverOther(change);
                    break;
            }
        }
    }

    /// <summary>The scheduler does not see pods that have ended.</summary>
    private static Pod? Live(Pod? pod) => pod is null || HasEnded(pod) ? null : pod;

    private void DeliverPod(Pod? old, Pod? pod)
    {
        var wasAssigned = old is { Spec.NodeName.Length: > 0 };
        if (pod is { Spec.NodeName.Length: > 0 })
        {
            if (wasAssigned)
            {
                Count(pod);
                _queue.AssignedPodUpdated(pod, LabelsOfNamespace(pod));
            }
            else
            {
                Confirm(pod);
                _queue.AssignedPodAdded(pod, LabelsOfNamespace(pod));
            }
        }
        else if (wasAssigned)
        {
            Uncount(old!);
            _queue.MoveAllToActiveOrBackoffQueue(ClusterEvent.AssignedPodDelete);
        }

        if (!wasAssigned)
        {
            DeliverToQueue(old, pod is { Spec.NodeName.Length: 0 } ? pod : null);
        }
    }

    private void DeliverToQueue(Pod? old, Pod? pod)
    {
        if (old is not null && !IsOurs(old))
        {
            old = null;
        }

        if (pod is null || !IsOurs(pod))
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

    private bool IsOurs(Pod pod) => _scheduler.HasProfileFor(pod);

    private void DeliverNode(Node? old, Node? node)
    {
        if (node is null)
        {
            _scheduler.Delete(KindOf(old!), ObjectKey.Of(old!));
            return;
        }

        _scheduler.Apply(node);
        if ((old is null ? ClusterEvent.NodeAdd : NodeChanges.EventOf(old, node)) is { } clusterEvent)
        {
            var check = new NodePreCheck(node, _podsOnNode.TryGetValue(node.Metadata.Name, out var pods) ? pods.Values : []);
            _queue.MoveAllToActiveOrBackoffQueue(clusterEvent, check.Admits);
        }
    }

    private void DeliverOther(WatchEvent change)
    {
        var item = (change.New ?? change.Old)!;
        if (change.New is null)
        {
            _scheduler.Delete(KindOf(item), ObjectKey.Of(item));
        }
        else
        {
            _scheduler.Apply(item);
        }

        if (StorageResources.TryGetValue(item.GetType(), out var resource))
        {
            var action = change.Old is null ? ActionTypes.Add : change.New is null ? ActionTypes.Delete : ActionTypes.Update;
            var clusterEvent = new ClusterEvent(resource, action);
            if (_queueOptions.Events.IsHandled(clusterEvent) && (item is not StorageClass storageClass || WakesPods(storageClass, action)))
            {
                _queue.MoveAllToActiveOrBackoffQueue(clusterEvent);
            }
        }
    }

    /// <summary>A new class helps only pods whose claims wait for them; a class that goes helps none.</summary>
    private static bool WakesPods(StorageClass storageClass, ActionTypes action) =>
        action == ActionTypes.Update || (action == ActionTypes.Add && storageClass.VolumeBindingMode == "WaitForFirstConsumer");

    private StringMap<string> LabelsOfNamespace(Pod pod) =>
        _others.Namespaces.Find(pod.Metadata.Namespace)?.Metadata.Labels ?? StringMap<string>.Empty;

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

    private void Count(Pod pod)
    {
        _scheduler.Apply(pod);
        NoteOnNode(pod);
    }

    private void Uncount(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        _scheduler.Delete(KindOf(pod), key);
        var pods = _podsOnNode[pod.Spec.NodeName];
        pods.Remove(key);
        if (pods.Count == 0)
        {
            _podsOnNode.Remove(pod.Spec.NodeName);
        }
    }

    private void NoteOnNode(Pod pod)
    {
        if (!_podsOnNode.TryGetValue(pod.Spec.NodeName, out var pods))
        {
            _podsOnNode.Add(pod.Spec.NodeName, pods = []);
        }

        pods[ObjectKey.Of(pod)] = pod;
    }

    private readonly record struct WatchEvent(IApiObject? Old, IApiObject? New);
}
