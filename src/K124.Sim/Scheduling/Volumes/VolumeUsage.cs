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

    // How many volumes of pods on nodes go by a name, given with the in-tree plugin that calls them so.
    private readonly ForkableMap<(string Plugin, string Id), int> _inline;
    private readonly List<int> _changedRows = [];
    private SortedDictionary<int, int> _doubtful = [];
    private object _doubtfulOwner;
    private int _rowCount;

    // What the other one had noted of changes when this one was forked from it.
    private (int Epoch, int Count) _forkedAt = (-1, 0);

    public VolumeUsage(Ownership ownership)
    {
        _ownership = ownership;
        _doubtfulOwner = ownership.Token;
        _claims = new(ownership);
        _nodes = new(ownership);
        _inline = new(ownership);
    }

    private VolumeUsage(VolumeUsage other, Ownership ownership)
    {
        _ownership = ownership;
        _claims = other._claims.Fork(ownership);
        _nodes = other._nodes.Fork(ownership);
        _inline = other._inline.Fork(ownership);
        (_doubtful, _doubtfulOwner) = (other._doubtful, other._doubtfulOwner);
        (_rowCount, Epoch) = (other._rowCount, other.Epoch + 1);
        _forkedAt = (other.Epoch, other._changedRows.Count);
    }

    /// <summary>Rows of nodes with pods whose claims may not be told, since they are of ephemeral volumes or have no name; each with their number.</summary>
    public SortedDictionary<int, int> Doubtful => _doubtful;

    /// <summary>Counts changes that concern every row.</summary>
    public int Epoch { get; private set; }

    /// <summary>Rows of which something else than the pods changed in this epoch, in order.</summary>
    public IReadOnlyList<int> ChangedRows => _changedRows;

    /// <summary>How far a reader has followed the changes that had followed those of the one which this one was forked from.</summary>
    public (int Epoch, int Count) ReadAfterFork((int Epoch, int Count) read) => read == _forkedAt ? (_forkedAt.Epoch + 1, 0) : (-1, 0);

    /// <summary>The same use, which changes of this one do not touch; all rows count as changed.</summary>
    public VolumeUsage Fork(Ownership ownership) => new(this, ownership);

    /// <summary>Pods with volumes that plugins look at, on a node.</summary>
    public ReadOnlySpan<Pod> Pods(int row) => row < _rowCount ? _nodes[row].Pods.Items : [];

    /// <summary>Counts changes of what hangs on a node's pods and their claims.</summary>
    public int Version(int row) => row < _rowCount ? _nodes[row].Version : 0;

    /// <summary>Counts those of the changes after which the volumes of a node are to be counted from nothing: all but pods that come.</summary>
    public int Recounts(int row) => row < _rowCount ? _nodes[row].Recounts : 0;

    /// <summary>Counts changes of a node, or of its CSINode.</summary>
    public int Objects(int row) => row < _rowCount ? _nodes[row].Objects : 0;

    /// <summary>Whether a pod on some node names a volume itself.</summary>
    public bool IsInline(string plugin, string id) => _inline.TryGetValue((plugin, id), out _);

    /// <summary>Whether a volume of a pod on some node is of a claim.</summary>
    public bool IsUsed(ObjectKey claim) => _claims.TryGetValue(claim, out _);

    /// <summary>Whether a pod on some node names a claim, in a volume that is not ephemeral.</summary>
    public bool IsNamed(ObjectKey claim) => _claims.TryGetValue(claim, out var use) && use.Names > 0;

    public void Place(Pod pod, int row)
    {
        if (HasVolumes(pod))
        {
            Own(row).Add(pod);
            Count(pod, row, 1);
        }
    }

    public void Displace(Pod pod, int row)
    {
        if (HasVolumes(pod))
        {
            Own(row).Remove(pod);
            _nodes.Own(row).Recounts++;
            Count(pod, row, -1);
        }
    }

    /// <summary>Takes notice that a claim, or the volume behind it, is another.</summary>
    public void ClaimChanged(ObjectKey claim)
    {
        if (_claims.TryGetValue(claim, out var use))
        {
            use.ForEachRow(Change);
        }
    }

    /// <summary>Takes notice that a node, or its CSINode, is another.</summary>
    public void RowChanged(int row)
    {
        Ensure(row);
        _nodes.Own(row).Objects++;
        Change(row);
    }

    public void AllChanged()
    {
        Epoch++;
        _changedRows.Clear();
        for (var row = 0; row < _rowCount; row++)
        {
            ChangeVersion(row);
        }
    }

    private void Change(int row)
    {
        if (_changedRows.Count == LongestLog)
        {
            Epoch++;
            _changedRows.Clear();
        }

        ChangeVersion(row);
        _changedRows.Add(row);
    }

    private void ChangeVersion(int row)
    {
        ref var node = ref _nodes.Own(row);
        node.Version++;
        node.Recounts++;
    }

    private void Count(Pod pod, int row, int sign)
    {
        foreach (var volume in pod.Spec.Volumes)
        {
            if (Claims.NameOf(pod, volume) is { } name)
            {
                CountClaim(new(pod.Metadata.Namespace, name), row, sign, isNamed: volume.PersistentVolumeClaim is not null);
                CountDoubtful(volume, row, sign);
            }
            else if (InlineVolumes.Count(volume))
            {
                foreach (var identity in VolumeFacts.CountedOf(volume))
                {
                    CountInline(identity, sign);
                }
            }
        }
    }

    private void CountClaim(ObjectKey claim, int row, int sign, bool isNamed)
    {
        var use = _claims.GetValueOrDefault(claim, default).With(row, sign, isNamed);
        if (use.IsNone)
        {
            _claims.Remove(claim, out _);
        }
        else
        {
            _claims.Set(claim, use);
        }
    }

    private void CountInline((string Plugin, string Id) identity, int sign)
    {
        var count = _inline.GetValueOrDefault(identity, 0) + sign;
        if (count == 0)
        {
            _inline.Remove(identity, out _);
        }
        else
        {
            _inline.Set(identity, count);
        }
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
        public int Recounts;
        public int Objects;
    }

    /// <summary>The rows of the pods that use a claim: mostly there is one pod at most.</summary>
    private readonly struct ClaimUse
    {
        private readonly int _count;
        private readonly int _row;
        private readonly int[]? _others;

        private ClaimUse(int count, int row, int[]? others, int names) => (_count, _row, _others, Names) = (count, row, others, names);

        /// <summary>How many volumes that are not ephemeral name the claim.</summary>
        public int Names { get; }

        public bool IsNone => _count == 0;

        /// <summary>The same with one use more, or one less.</summary>
        public ClaimUse With(int row, int sign, bool isNamed)
        {
            var names = Names + (isNamed ? sign : 0);
            if (sign > 0)
            {
                return _count == 0 ? new(1, row, null, names) : new(_count + 1, _row, [.. _others ?? [], row], names);
            }

            if (_count == 1)
            {
                return new(0, 0, null, names);
            }

            if (_row == row)
            {
                return new(_count - 1, _others![0], _others[1..], names);
            }

            var index = Array.IndexOf(_others!, row);
            return new(_count - 1, _row, [.. _others![..index], .. _others[(index + 1)..]], names);
        }

        public void ForEachRow(Action<int> action)
        {
            action(_row);
            Array.ForEach(_others ?? [], action);
        }
    }
}
