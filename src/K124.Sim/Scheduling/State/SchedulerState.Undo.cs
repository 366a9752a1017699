namespace K124.Sim.Scheduling.State;

/// <summary>Going back to an earlier state.</summary>
internal sealed partial class SchedulerState
{
    /// <summary>Number of changes that can be undone.</summary>
    public int UndoCount => _undo.Count;

    /// <summary>Begins to keep what undoing takes.</summary>
    public void OpenUndo() => _undo.Open();

    /// <summary>Ends what <see cref="OpenUndo"/> began.</summary>
    public void CloseUndo()
    {
        foreach (var entry in _undo.Close())
        {
            Forget(entry);
        }

        if (!_undo.IsActive)
        {
            FreeUnusedRows();
        }
    }

    /// <summary>Undoes changes, the last one first, until only the given number is left.</summary>
    public void UndoTo(int count)
    {
        while (_undo.Count > count)
        {
            Undo(_undo.TakeLast());
        }
    }

    private void Undo(UndoEntry entry)
    {
        switch (entry.Kind)
        {
            case UndoKind.PodPlaced:
                UndoPlace(entry.Id, (HostPorts?)entry.Data);
                break;
            case UndoKind.PodRemoved:
                UndoRemove(entry.Id, entry.Place, (HostPorts?)entry.Data);
                break;
            case UndoKind.Nominated:
                Nominations.Remove(entry.Id);
                Touch(entry.Id);
                Pods.Release(entry.Id);
                break;
            case UndoKind.NominationDropped:
                Nominations.Add(entry.Id, entry.Place);
                Touch(entry.Id);
                break;
            case UndoKind.NodeChanged:
                UndoNode(entry.Id, (NodeObjectChange)entry.Data!);
                break;
            case UndoKind.OrderRefreshed:
                Nodes.RestoreOrder((int[])entry.Data!);
                break;
            case UndoKind.VolumesChanged:
                Volumes.Undo((Action)entry.Data!);
                break;
            default:
                ReplaceCluster((Cluster)entry.Data!);
                break;
        }
    }

    private void UndoPlace(int id, HostPorts? ports)
    {
        var (row, kind) = (Pods[id].Row, Pods[id].Kind);
        Pods.Leave(id);
        Nodes.Displace(id);
        Count(kind, row, -1);
        if (kind.HostPorts.Length > 0)
        {
            Nodes.SetHostPorts(row, ports);
        }

        Pods.Release(id);
    }

    private void UndoRemove(int id, int slot, HostPorts? ports)
    {
        var (row, kind) = (Pods[id].Row, Pods[id].Kind);
        Pods.Enter(id);
        Nodes.Replace(id, slot);
        Count(kind, row, 1);
        if (kind.HostPorts.Length > 0)
        {
            Nodes.SetHostPorts(row, ports);
        }
    }

    private void UndoNode(int row, NodeObjectChange change)
    {
        if (change.Old is null)
        {
            Nodes.RemoveFromTree(row, change.New!);
            Nodes.Detach(row);
        }
        else
        {
            if (change.New is null)
            {
                Nodes.RestoreToTree(row, change.Old, change.OldPlace);
            }
            else if (!NodeTree.IsSameZone(change.Old, change.New))
            {
                Nodes.MoveBackInTree(row, change.Old, change.New, change.OldPlace);
            }

            Nodes.Attach(row, change.Old);
        }

        Topology.Follow(row);
        Volumes.FollowNode(row);
        Images.Undo(change.Images);
        NoteNode(row);
    }

    private void FreeUnusedRows()
    {
        for (var row = 0; Nodes.HasUnlistedRows && row < Nodes.RowCount; row++)
        {
            FreeIfUnused(row);
        }
    }

    /// <summary>Frees what was kept in case the change had to be undone.</summary>
    private void Forget(UndoEntry entry)
    {
        if (entry.Kind is UndoKind.PodRemoved or UndoKind.NominationDropped)
        {
            Pods.Release(entry.Id);
        }
    }
}
