using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>Pods with volumes by node, and the claims that they use.</summary>
internal sealed class VolumeUsage
{
    private const int LongestLog = 4_096;

    private readonly Ownership _ownership;
    private readonly ForkableMap<ObjectKey, ClaimUse> _claims;
    private readonly PagedArray<NodeUse> _nodes;
    private readonly List<int> _changedRows = [];
    private SortedDictionary<int, int> _doubtful = [];
    private object _doubtfulOwner;
    private int _rowCount;

    public VolumeUsage(Ownership ownership)
    {
        _ownership = ownership;
        _doubtfulOwner = ownership.Token;
        _claims = new(ownership);
        _nodes = new(ownership);
    }

    private VolumeUsage(VolumeUsage other, Ownership ownership)
    {
        _ownership = ownership;
        _claims = other._claims.Fork(ownership);
        _nodes = other._nodes.Fork(ownership);
        (_doubtful, _doubtfulOwner) = (other._doubtful, other._doubtfulOwner);
        (_rowCount, Epoch) = (other._rowCount, other.Epoch + 1);
    }

    /// <summary>Rows of nodes with pods whose claims may not be told, since they are of ephemeral volumes or have no name; each with their number.</summary>
    public SortedDictionary<int, int> Doubtful => _doubtful;

    /// <summary>Counts changes that concern every row.</summary>
    public int Epoch { get; private set; }

    /// <summary>Rows of which something else than the pods changed in this epoch, in order.</summary>
    public IReadOnlyList<int> ChangedRows => _changedRows;

    /// <summary>The same use, which changes of this one do not touch; all rows count as changed.</summary>
    public VolumeUsage Fork(Ownership ownership) => new(this, ownership);

    /// <summary>Pods with volumes that plugins look at, on a node.</summary>
    public ReadOnlySpan<Pod> Pods(int row) => row < _rowCount ? _nodes[row].Pods.Items : [];

    /// <summary>Counts changes of what hangs on a node's pods and their claims.</summary>
    public int Version(int row) => row < _rowCount ? _nodes[row].Version : 0;

    /// <summary>How many volumes of pods on nodes are of a claim.</summary>
    public bool IsUsed(ObjectKey claim) => _claims.TryGetValue(claim, out _);

    /// <summary>Whether a pod on some node names a claim, in a volume that is not ephemeral.</summary>
    public bool IsNamed(ObjectKey claim) => _claims.TryGetValue(claim, out var use) && use.Names > 0;

    public void Place(Pod pod, int row)
    {
        if (!HasVolumes(pod))
        {
            return;
        }

        Own(row).Add(pod);
        foreach (var volume in pod.Spec.Volumes)
        {
            if (Claims.NameOf(pod, volume) is { } name)
            {
                var use = Own(new ObjectKey(pod.Metadata.Namespace, name));
                use.Rows.Add(row);
                use.Names += volume.PersistentVolumeClaim is null ? 0 : 1;
                CountDoubtful(volume, row, 1);
            }
        }
    }

    public void Displace(Pod pod, int row)
    {
        if (!HasVolumes(pod))
        {
            return;
        }

        Own(row).Remove(pod);
        foreach (var volume in pod.Spec.Volumes)
        {
            if (Claims.NameOf(pod, volume) is { } name)
            {
                var key = new ObjectKey(pod.Metadata.Namespace, name);
                var use = Own(key);
                use.Rows.Remove(row);
                use.Names -= volume.PersistentVolumeClaim is null ? 0 : 1;
                CountDoubtful(volume, row, -1);
                if (use.Rows.Count == 0)
                {
                    _claims.Remove(key, out _);
                }
            }
        }
    }

    /// <summary>Takes notice that a claim, or the volume behind it, is another.</summary>
    public void ClaimChanged(ObjectKey claim)
    {
        if (_claims.TryGetValue(claim, out var use))
        {
            foreach (var row in use.Rows)
            {
                Change(row);
            }
        }
    }

    /// <summary>Takes notice that a node, or its CSINode, is another.</summary>
    public void RowChanged(int row)
    {
        Ensure(row);
        Change(row);
    }

    public void AllChanged()
    {
        Epoch++;
        _changedRows.Clear();
        for (var row = 0; row < _rowCount; row++)
        {
            _nodes.Own(row).Version++;
        }
    }

    private void Change(int row)
    {
        if (_changedRows.Count == LongestLog)
        {
            Epoch++;
            _changedRows.Clear();
        }

        _nodes.Own(row).Version++;
        _changedRows.Add(row);
    }

    private void CountDoubtful(Volume volume, int row, int sign)
    {
        if (volume.PersistentVolumeClaim is { ClaimName.Length: > 0 })
        {
            return;
        }

        if (!ReferenceEquals(_doubtfulOwner, _ownership.Token))
        {
            (_doubtful, _doubtfulOwner) = (new(_doubtful), _ownership.Token);
        }

        var count = _doubtful.GetValueOrDefault(row) + sign;
        if (count == 0)
        {
            _doubtful.Remove(row);
        }
        else
        {
            _doubtful[row] = count;
        }
    }

    private void Ensure(int row)
    {
        if (row >= _rowCount)
        {
            _rowCount = row + 1;
            _nodes.EnsureCapacity(_rowCount);
        }
    }

    /// <summary>The pods of a node, to change.</summary>
    private List<Pod> Own(int row)
    {
        Ensure(row);
        ref var node = ref _nodes.Own(row);
        node.Version++;
        return node.Pods.Own(_ownership);
    }

    /// <summary>The use of a claim, to change.</summary>
    private ClaimUse Own(ObjectKey claim)
    {
        if (!_claims.TryGetValue(claim, out var use))
        {
            _claims.Add(claim, use = new([], _ownership.Token));
        }
        else if (!ReferenceEquals(use.Owner, _ownership.Token))
        {
            _claims.Set(claim, use = new([.. use.Rows], _ownership.Token) { Names = use.Names });
        }

        return use;
    }

    private static bool HasVolumes(Pod pod)
    {
        foreach (var volume in pod.Spec.Volumes)
        {
            if (volume.PersistentVolumeClaim is not null || volume.Ephemeral is not null || InlineVolumes.Count(volume))
            {
                return true;
            }
        }

        return false;
    }

    private struct NodeUse
    {
        public ForkableList<Pod> Pods;
        public int Version;
    }

    private sealed class ClaimUse(List<int> rows, object owner)
    {
        public List<int> Rows { get; } = rows;

        public object Owner { get; } = owner;

        public int Names { get; set; }
    }
}
