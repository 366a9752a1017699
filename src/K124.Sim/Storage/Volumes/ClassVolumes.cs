using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Storage.Volumes;

/// <summary>The free volumes of one class, in groups that are alike in all but size and labels.</summary>
internal sealed class ClassVolumes
{
    private readonly StorageNodes _nodes;
    private readonly Ownership _ownership;
    private readonly ForkableMap<(Segment Segment, Items<string> AccessModes, string VolumeMode), int> _numbers;
    private readonly PagedArray<VolumeGroup> _groups;
    private PagedArray<ForkableList<int>>? _byRow;
    private int _rowCount;

    public ClassVolumes(StorageNodes nodes, Ownership ownership)
    {
        (_nodes, _ownership) = (nodes, ownership);
        _numbers = new(ownership);
        _groups = new(ownership);
    }

    private ClassVolumes(ClassVolumes other, StorageNodes nodes, Ownership ownership)
    {
        (_nodes, _ownership) = (nodes, ownership);
        _numbers = other._numbers.Fork(ownership);
        _groups = other._groups.Fork(ownership);
        (_byRow, _rowCount) = (other._byRow?.Fork(ownership), other._rowCount);
    }

    /// <summary>A group by its number; not to be kept over a change.</summary>
    public VolumeGroup this[int group] => _groups[group];

    public ClassVolumes Fork(StorageNodes nodes, Ownership ownership) => new(this, nodes, ownership);

    /// <summary>Numbers of the groups that a node reaches.</summary>
    public ReadOnlySpan<int> Groups(int row)
    {
        var byRow = Build();
        return row < _rowCount ? byRow[row].Items : [];
    }

    /// <summary>Adds a free volume.</summary>
    /// <returns>Number of its group.</returns>
    public int Add(PersistentVolume volume)
    {
        var number = NumberOf(volume);
        Own(number).Free.Add(volume);
        return number;
    }

    /// <summary>Takes a free volume out.</summary>
    /// <returns>Number of its group.</returns>
    public int Remove(PersistentVolume volume)
    {
        var number = NumberOf(volume);
        Own(number).Free.Remove(volume);
        return number;
    }

    /// <summary>The smallest free volume that suits a claim on a node; the first by name among equals.</summary>
    public PersistentVolume? Smallest(ClaimRequest request, int row, List<BindingInfo> taken)
    {
        PersistentVolume? smallest = null;
        foreach (var number in Groups(row))
        {
            var group = _groups[number];
            if (group.Free.Count > 0 && group.Offers(request) && group.Free.Smallest(request, taken) is { } volume
                && (smallest is null || FreeVolumes.Compare(volume, smallest) < 0))
            {
                smallest = volume;
            }
        }

        return smallest;
    }

    /// <summary>The smallest free volume that suits a claim, wherever it is reached from.</summary>
    public PersistentVolume? SmallestAnywhere(ClaimRequest request)
    {
        PersistentVolume? smallest = null;
        for (var number = 0; number < _numbers.Count; number++)
        {
            var group = _groups[number];
            if (group.Offers(request) && group.Free.Smallest(request, []) is { } volume && (smallest is null || FreeVolumes.Compare(volume, smallest) < 0))
            {
                smallest = volume;
            }
        }

        return smallest;
    }

    /// <summary>Forgets which nodes reach what, since nodes have changed.</summary>
    public void Invalidate() => _byRow = null;

    private VolumeGroup Own(int number)
    {
        ref var group = ref _groups.Own(number);
        return group = group.Own(_ownership);
    }

    private int NumberOf(PersistentVolume volume)
    {
        var segment = _nodes.SegmentOf(volume.Spec.NodeAffinity);
        var key = (segment, new Items<string>(volume.Spec.AccessModes), volume.Spec.VolumeMode ?? VolumeModes.Filesystem);
        if (!_numbers.TryGetValue(key, out var number))
        {
            number = _numbers.Count;
            _numbers.Add(key, number);
            _groups.EnsureCapacity(number + 1);
            _groups.Own(number) = new(segment, volume.Spec.AccessModes, key.Item3, _ownership);
            if (_byRow is not null)
            {
                Link(_byRow, number);
            }
        }

        return number;
    }

    private PagedArray<ForkableList<int>> Build()
    {
        if (_byRow is null)
        {
            _byRow = new(_ownership);
            _rowCount = _nodes.Count;
            _byRow.EnsureCapacity(_rowCount);
            for (var number = 0; number < _numbers.Count; number++)
            {
                Link(_byRow, number);
            }
        }

        return _byRow;
    }

    private void Link(PagedArray<ForkableList<int>> byRow, int number)
    {
        foreach (var row in _nodes.RowsOf(_groups[number].Segment))
        {
            byRow.Own(row).Own(_ownership).Add(number);
        }
    }
}
