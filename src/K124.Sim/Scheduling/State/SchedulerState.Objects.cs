using K124.Sim.Model;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Scheduling.State;

/// <summary>Objects that come, change and go.</summary>
internal sealed partial class SchedulerState
{
    /// <summary>Takes in an object that has come or has changed.</summary>
    public void Apply(IApiObject item)
    {
        switch (item)
        {
            case Node node:
                ApplyNode(node);
                break;
            case Pod pod:
                ApplyPod(pod);
                break;
            case PersistentVolume or PersistentVolumeClaim or StorageClass or CSIDriver or CSINode or CSIStorageCapacity:
                Volumes.Binder.Apply(item);
                break;
            default:
                ChangeCluster(Cluster.With(item));
                if (Classes.Keys.Learn(item))
                {
                    SortPods();
                }

                break;
        }
    }

    /// <summary>Takes out an object that is gone.</summary>
    public void Delete(ApiKind kind, ObjectKey key)
    {
        if (kind.Type == typeof(Node))
        {
            DeleteNode(key.Name);
        }
        else if (kind.Type == typeof(Pod))
        {
            DeletePod(key);
        }
        else if (VolumeBinder.Reads(kind))
        {
            Volumes.Binder.Delete(kind, key);
        }
        else
        {
            ChangeCluster(Cluster.Without(kind, key));
        }
    }

    /// <summary>The row of a name, which may be that of a node that is not there.</summary>
    private int RowOf(string name)
    {
        var row = Nodes.Find(name);
        if (row < 0)
        {
            row = Nodes.FindOrAdd(name);
            Topology.Follow(row);
        }

        return row;
    }

    private void ApplyPod(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        if (pod.Status.Phase is "Succeeded" or "Failed")
        {
            DeletePod(key);
        }
        else if (pod.Spec.NodeName.Length > 0)
        {
            if (Pods.Find(key) is >= 0 and var id)
            {
                Remove(id);
            }

            Place(pod, Classes.OfPlaced(pod), RowOf(pod.Spec.NodeName));
        }
        else if (Pods.Find(key) < 0)
        {
            ApplyPending(pod, key);
        }
    }

    /// <summary>A pod without a node counts through its nomination alone: the one that it names, else one that only the scheduler knows.</summary>
    private void ApplyPending(Pod pod, ObjectKey key)
    {
        var known = Nominations.IsEmpty ? -1 : Nominations.Find(key);
        if (pod.Status.NominatedNodeName.Length > 0)
        {
            Nominate(pod, Classes.OfPlaced(pod), RowOf(pod.Status.NominatedNodeName));
        }
        else if (known >= 0 && Pods[known].Pod.Status.NominatedNodeName.Length == 0)
        {
            Nominate(pod, Classes.OfPlaced(pod), Pods[known].Row);
        }
        else
        {
            ClearNomination(key);
        }
    }

    private void DeletePod(ObjectKey key)
    {
        if (Pods.Find(key) is >= 0 and var id)
        {
            Remove(id);
        }

        ClearNomination(key);
    }

    private void ApplyNode(Node node)
    {
        Images.Read();
        var row = RowOf(node.Metadata.Name);
        var old = Nodes.HasNode[row] ? Nodes.Nodes[row] : null;
        NodeTreePlace place = default;
        if (old is null)
        {
            Nodes.AddToTree(row, node);
        }
        else if (!NodeTree.IsSameZone(old, node))
        {
            place = Nodes.MoveInTree(row, old, node);
        }

        Nodes.Attach(row, node);
        FollowNode(row, old, node, place);
    }

    private void DeleteNode(string name)
    {
        var row = Nodes.Find(name);
        if (row < 0 || !Nodes.HasNode[row])
        {
            return;
        }

        Images.Read();
        var old = Nodes.Nodes[row];
        var place = Nodes.RemoveFromTree(row, old);
        Nodes.Detach(row);
        FollowNode(row, old, null, place);
        if (!_undo.IsActive)
        {
            FreeIfUnused(row);
        }
    }

    private void FollowNode(int row, Node? old, Node? node, NodeTreePlace place)
    {
        Topology.Follow(row);
        Volumes.FollowNode(row);
        _undo.Add(UndoKind.NodeChanged, row, 0, new NodeObjectChange(old, node, place, Images.Follow(row)));
        NoteNode(row);
    }

    /// <summary>Lets those who keep what they worked out for nodes know that one has changed.</summary>
    private void NoteNode(int row)
    {
        Changes.Add(NodeChange.OfObject(row), Nodes.RowCount);
        Classes.Versions.Nodes++;
    }

    private void ChangeCluster(Cluster cluster)
    {
        _undo.Add(UndoKind.ClusterChanged, 0, 0, Cluster);
        ReplaceCluster(cluster);
    }

    private void ReplaceCluster(Cluster cluster)
    {
        var old = Cluster;
        Cluster = cluster;
        if (!ReferenceEquals(cluster.Namespaces, old.Namespaces))
        {
            Population.ForgetCounters();
            Classes.Versions.Namespaces++;
        }

        if (!ReferenceEquals(cluster.PodDisruptionBudgets, old.PodDisruptionBudgets))
        {
            Classes.Versions.Budgets++;
        }

        if (!ReferenceEquals(cluster.Services, old.Services)
            || !ReferenceEquals(cluster.ReplicationControllers, old.ReplicationControllers)
            || !ReferenceEquals(cluster.ReplicaSets, old.ReplicaSets)
            || !ReferenceEquals(cluster.StatefulSets, old.StatefulSets))
        {
            Classes.Versions.Workloads++;
        }
    }

    /// <summary>A change of a row's node object: from one to another, or from or to none.</summary>
    private sealed record NodeObjectChange(Node? Old, Node? New, NodeTreePlace OldPlace, object Images);
}
