using System.Collections.Immutable;
using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;
using K124.Sim.Storage.Binding;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>What the scheduler knows of volumes: the binder, what is used on which node, and what is reserved for which pod.</summary>
internal sealed partial class VolumeState : IStorageUndo
{
    private readonly Nominations _nominations;
    private readonly ForkableMap<string, ImmutableArray<ObjectKey>> _claimsByVolume;
    private readonly ForkableMap<ObjectKey, string> _volumeByClaim;
    private readonly ForkableMap<ObjectKey, Reservation> _reservations;
    private readonly ForkableMap<string, VolumeFacts> _facts;

    // How many volumes of the API go by a name, given with the driver or plugin that calls them so.
    private readonly ForkableMap<(string Source, string Id), int> _carriers;
    private readonly Ownership _ownership;
    private readonly NodeTable _nodes;
    private readonly UndoLog _undo;
    private bool _isUndoing;

    public VolumeState(Cluster cluster, VolumeBinderOptions options, NodeTable nodes, Nominations nominations, UndoLog undo, Ownership ownership)
    {
        (_nodes, _nominations, _undo, _ownership) = (nodes, nominations, undo, ownership);
        _claimsByVolume = new(ownership, StringComparer.Ordinal);
        _volumeByClaim = new(ownership);
        _reservations = new(ownership);
        _facts = new(ownership, StringComparer.Ordinal);
        _carriers = new(ownership);
        _terms = new(ownership);
        Binder = new(cluster, options);
        Binder.RecordTo(this);
        foreach (var claim in cluster.PersistentVolumeClaims)
        {
            NoteVolume(ObjectKey.Of(claim), claim.Spec.VolumeName);
        }

        foreach (var volume in cluster.PersistentVolumes)
        {
            NoteFacts(volume.Metadata.Name);
        }

        Binder.ApiChanged = Follow;
    }

    private VolumeState(VolumeState other, NodeTable nodes, Nominations nominations, UndoLog undo, Ownership ownership)
    {
        (_nodes, _nominations, _undo, _ownership) = (nodes, nominations, undo, ownership);
        _claimsByVolume = other._claimsByVolume.Fork(ownership);
        _volumeByClaim = other._volumeByClaim.Fork(ownership);
        _reservations = other._reservations.Fork(ownership);
        _facts = other._facts.Fork(ownership);
        _carriers = other._carriers.Fork(ownership);
        _terms = other._terms.Fork(ownership);
        (Epoch, ClassEpoch) = (other.Epoch, other.ClassEpoch);
        IsApart = other.IsApart;
        Binder = other.Binder.Fork();
        Binder.RecordTo(this);
        Binder.ApiChanged = Follow;
    }

    public VolumeBinder Binder { get; }

    public VolumeUsage Usage => _nodes.Volumes;

    public bool IsActive => _undo.IsActive && !_isUndoing;

    /// <summary>The same volumes for nodes and nominations of another state, which changes of these do not touch.</summary>
    public VolumeState Fork(NodeTable nodes, Nominations nominations, UndoLog undo, Ownership ownership) => new(this, nodes, nominations, undo, ownership);

    public void Add(Action undo) => _undo.Add(UndoKind.VolumesChanged, 0, 0, undo);

    /// <summary>Undoes one change.</summary>
    public void Undo(Action change)
    {
        _isUndoing = true;
        change();
        _isUndoing = false;
    }

    /// <summary>Takes notice that a row has another node, or none.</summary>
    public void FollowNode(int row)
    {
        Binder.SetNode(row, _nodes.HasNode[row] ? _nodes.Nodes[row] : null);
        Usage.RowChanged(row);
        ForgetReach(row);
    }

    /// <summary>Counts changes of the API that what a pod's claims come to may rest on.</summary>
    public int Epoch { get; private set; }

    /// <summary>Counts changes of storage classes.</summary>
    public int ClassEpoch { get; private set; }

    /// <summary>The reservation of a pod; null if there is none, be it that all its claims are bound.</summary>
    public Reservation? ReservationOf(ObjectKey pod) => _reservations.TryGetValue(pod, out var reservation) ? reservation : null;

    /// <summary>Touches the rows for which the class of an incoming pod may find other limits than before.</summary>
    public void TouchChanged(PodClass pod)
    {
        var (epoch, count) = pod.VolumesRead;
        var changed = Usage.ChangedRows;
        if (epoch != Usage.Epoch)
        {
            pod.Counters!.TouchAll();
        }
        else
        {
            for (; count < changed.Count; count++)
            {
                pod.Counters!.Touch(changed[count]);
            }
        }

        pod.VolumesRead = (Usage.Epoch, changed.Count);
    }

    /// <summary>Reserves the volumes of a pod on a node, if it fits there.</summary>
    public void Reserve(Pod pod, int row)
    {
        if (AreAllBound(pod) && !_reservations.TryGetValue(ObjectKey.Of(pod), out _))
        {
            return;
        }

        var claims = Binder.GetPodVolumes(pod);
        if (!claims.HasClaims || claims.Rejection is not null || claims.Error is not null)
        {
            return;
        }

        var nodeName = _nodes.Names[row];
        var finding = Binder.FindPodVolumes(claims, nodeName);
        if (!finding.Fits)
        {
            return;
        }

        Unreserve(ObjectKey.Of(pod));
        var reserved = Binder.AssumePodVolumes(claims, nodeName, finding.Volumes);
        if (!reserved.AllBound)
        {
            Set(ObjectKey.Of(pod), new(nodeName, reserved.Volumes, null));
        }
    }

    /// <summary>Whether there is nothing to reserve for a pod.</summary>
    private bool AreAllBound(Pod pod)
    {
        foreach (var volume in pod.Spec.Volumes)
        {
            if (Claims.NameOf(pod, volume) is { } name
                && (Binder.LatestClaim(new(pod.Metadata.Namespace, name)) is not { } claim || !Claims.IsFullyBound(claim)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Rolls the reservation of a pod back, if it has one.</summary>
    public void Unreserve(ObjectKey pod)
    {
        if (_reservations.TryGetValue(pod, out var reservation))
        {
            Set(pod, null);
            Binder.RevertAssumedPodVolumes(reservation.Volumes);
        }
    }

    /// <summary>Ends a reservation whose volumes are bound.</summary>
    public void Complete(ObjectKey pod) => Set(pod, null);

    /// <summary>Notes the writes of PreBind.</summary>
    public void Begin(ObjectKey pod, VolumeBindingAttempt attempt) => Set(pod, ReservationOf(pod)! with { Attempt = attempt });

    private void Set(ObjectKey pod, Reservation? reservation)
    {
        _reservations.Remove(pod, out var before);
        if (IsActive)
        {
            Add(() => Set(pod, before));
        }

        if (reservation is not null)
        {
            _reservations.Add(pod, reservation);
        }
    }

    private void Follow(string kind, ObjectKey key)
    {
        Epoch++;
        switch (kind)
        {
            case nameof(PersistentVolumeClaim):
                NoteVolume(key, Binder.ApiClaim(key)?.Spec.VolumeName ?? "");
                Usage.ClaimChanged(key);
                break;
            case nameof(PersistentVolume):
                NoteFacts(key.Name);
                foreach (var claim in ClaimsOf(key.Name))
                {
                    Usage.ClaimChanged(claim);
                }

                break;
            case nameof(CSINode) when _nodes.Find(key.Name) is >= 0 and var row:
                Usage.RowChanged(row);
                ForgetReach(row);
                break;
            case nameof(StorageClass):
                ClassEpoch++;
                Usage.AllChanged();
                break;
        }
    }

    private void NoteVolume(ObjectKey claim, string volume)
    {
        if (_volumeByClaim.Remove(claim, out var before))
        {
            _claimsByVolume.Set(before, ClaimsOf(before).Remove(claim));
        }

        if (volume.Length > 0)
        {
            _volumeByClaim.Add(claim, volume);
            _claimsByVolume.Set(volume, ClaimsOf(volume).Add(claim));
        }
    }

    private ImmutableArray<ObjectKey> ClaimsOf(string volume) => _claimsByVolume.TryGetValue(volume, out var claims) ? claims : [];

    /// <summary>Volumes and claims that are reserved for a pod.</summary>
    /// <param name="NodeName">The node that they are reserved for.</param>
    /// <param name="Volumes">What is reserved.</param>
    /// <param name="Attempt">The writes of PreBind; null until they were made.</param>
    internal sealed record Reservation(string NodeName, PodVolumes Volumes, VolumeBindingAttempt? Attempt);
}
