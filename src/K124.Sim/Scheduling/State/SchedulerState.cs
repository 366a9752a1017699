using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Volumes;

namespace K124.Sim.Scheduling.State;

/// <summary>Nodes, and the pods on them, as the scheduler's cache holds them.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/internal/cache. Pods that have succeeded or failed are not there; pods on nodes that are not there
/// are kept, and count once the node comes.</remarks>
internal sealed partial class SchedulerState
{
    private readonly UndoLog _undo = new();
    private readonly Ownership _ownership = new();

    public SchedulerState(Cluster cluster, SchedulerOptions options)
    {
        (Cluster, Changes) = (cluster, new());
        Resources = new(options.FeatureGates.IsEnabled("LocalStorageCapacityIsolation"));
        DefaultSelector = new(this);
        Pods = new(_ownership);
        Nodes = new(Resources, Pods, _ownership);
        Nominations = new(Pods, _ownership);
        Images = new(Nodes, _ownership);
        Topology = new(Nodes, Changes, _ownership);
        Population = new(this, _ownership);
        Volumes = new(cluster, options.Storage, Nodes, Nominations, _undo, _ownership);
        Classes = new(this, options, _ownership);
        Nodes.EnsureRows(cluster.Nodes.Count);
        foreach (var node in cluster.Nodes)
        {
            var row = Nodes.FindOrAdd(node.Metadata.Name);
            Nodes.Attach(row, node);
            Nodes.AddToTree(row, node);
        }

        Nodes.RefreshOrder();
        foreach (var pod in cluster.Pods)
        {
            ApplyPod(pod);
        }
    }

    private SchedulerState(SchedulerState other)
    {
        (Cluster, Changes) = (other.Cluster, other.Changes.Fork());
        Resources = other.Resources.Copy();
        DefaultSelector = other.DefaultSelector.Fork(this);
        Pods = other.Pods.Fork(_ownership);
        Nodes = other.Nodes.Fork(Resources, Pods, _ownership);
        Nominations = other.Nominations.Fork(Pods, _ownership);
        Images = other.Images.Fork(Nodes, _ownership);
        Topology = other.Topology.Fork(Nodes, Changes, _ownership);
        Population = other.Population.Fork(this, _ownership);
        Volumes = other.Volumes.Fork(Nodes, Nominations, _undo, _ownership);
        Classes = other.Classes.Fork(this, _ownership);
        other._ownership.Renounce();
        other._undo.ForEach(Forget);
        FreeUnusedRows();
    }

    /// <summary>The objects other than nodes and pods as they are now.</summary>
    public Cluster Cluster { get; private set; }

    public ResourceNames Resources { get; }

    public DefaultSelector DefaultSelector { get; }

    public PodTable Pods { get; }

    public NodeTable Nodes { get; }

    public NodeImages Images { get; }

    public Topology Topology { get; }

    public Population Population { get; }

    public VolumeState Volumes { get; }

    public PodClasses Classes { get; }

    public ChangeLog Changes { get; }

    public Nominations Nominations { get; }

    /// <summary>An independent state that is as this one is now: what neither side changes is shared. It cannot go back to this one's checkpoints.</summary>
    public SchedulerState Fork() => new(this);

    /// <summary>Puts a pod on a node; it is nominated to none any longer.</summary>
    public void Place(Pod pod, PodKind kind, int row)
    {
        ClearNomination(ObjectKey.Of(pod));
        var id = Pods.Create(pod, kind, row);
        _undo.Add(UndoKind.PodPlaced, id, 0, _undo.IsActive && kind.HostPorts.Length > 0 ? Nodes.HostPorts(row)?.Copy() : null);
        Pods.Enter(id);
        Nodes.Place(id);
        Count(kind, row, 1);
    }

    /// <summary>Takes a pod off its node; the node's last pod fills its place.</summary>
    public void Remove(int id)
    {
        var (row, kind) = (Pods[id].Row, Pods[id].Kind);
        var ports = _undo.IsActive && kind.HostPorts.Length > 0 ? Nodes.HostPorts(row)?.Copy() : null;
        Pods.Leave(id);
        var slot = Nodes.Displace(id);
        Count(kind, row, -1);
        if (_undo.IsActive)
        {
            _undo.Add(UndoKind.PodRemoved, id, slot, ports);
        }
        else
        {
            Pods.Release(id);
            FreeIfUnused(row);
        }
    }

    /// <summary>Nominates a pod, in place of any earlier nomination of it.</summary>
    public void Nominate(Pod pod, PodKind kind, int row)
    {
        ClearNomination(ObjectKey.Of(pod));
        var id = Pods.Create(pod, kind, row);
        Nominations.Add(id);
        Touch(id);
        _undo.Add(UndoKind.Nominated, id);
    }

    public void ClearNomination(ObjectKey pod)
    {
        if (Nominations.IsEmpty || Nominations.Find(pod) is not (>= 0 and var id))
        {
            return;
        }

        var index = Nominations.Remove(id);
        Touch(id);
        if (_undo.IsActive)
        {
            _undo.Add(UndoKind.NominationDropped, id, index);
        }
        else
        {
            var row = Pods[id].Row;
            Pods.Release(id);
            FreeIfUnused(row);
        }
    }

    /// <summary>Sorts all pods into kinds anew: other labels tell them apart now, or many kinds have gone.</summary>
    public void SortPods() => Classes.Sort(() =>
    {
        Population.Clear();
        Volumes.ForgetShapes();
        Pods.Sort(Classes.OfPlaced);
        Population.CountCarried();
        Changes.DropAll();
    });

    /// <summary>Takes note of nodes that have come or gone, as an attempt does when it begins.</summary>
    public void BeginAttempt()
    {
        if (Nodes.RefreshOrder() is not { } old)
        {
            return;
        }

        _undo.Add(UndoKind.OrderRefreshed, 0, 0, old);
        if (!_undo.IsActive)
        {
            Array.ForEach(old, FreeIfUnused);
        }
    }

    private void Count(PodKind kind, int row, int sign)
    {
        Population.Count(kind, row, sign);
        Changes.Add(NodeChange.OfPod(row, kind, sign), Nodes.RowCount);
    }

    /// <summary>Lets those who remember verdicts know that pods nominated to a node have changed.</summary>
    private void Touch(int id) => Changes.Add(NodeChange.OfPod(Pods[id].Row, Pods[id].Kind, 0), Nodes.RowCount);

    private void FreeIfUnused(int row)
    {
        if (Nodes.IsNamed(row) && !Nodes.HasNode[row] && !Nodes.IsListed(row) && Nodes.Pods.Count(row) == 0 && !Nominations.Has(row))
        {
            Nodes.Free(row);
        }
    }
}
