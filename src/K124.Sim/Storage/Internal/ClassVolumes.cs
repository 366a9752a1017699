using K124.Sim.Model;

namespace K124.Sim.Storage.Internal;

/// <summary>The free volumes of one class, in groups that are alike in all but size and labels.</summary>
internal sealed class ClassVolumes(StorageNodes nodes)
{
    private readonly Dictionary<(Segment Segment, Items<string> AccessModes, string VolumeMode), VolumeGroup> _groups = [];
    private List<VolumeGroup>?[]? _byRow;

    /// <summary>The groups that a node reaches.</summary>
    public List<VolumeGroup>? Groups(int row)
    {
        Build();
        return row < _byRow!.Length ? _byRow[row] : null;
    }

    public VolumeGroup Add(PersistentVolume volume)
    {
        var group = GroupOf(volume);
        group.Free.Add(volume);
        return group;
    }

    public VolumeGroup Remove(PersistentVolume volume)
    {
        var group = GroupOf(volume);
        group.Free.Remove(volume);
        return group;
    }

    /// <summary>The smallest free volume that suits a claim on a node; the first by name among equals.</summary>
    public PersistentVolume? Smallest(ClaimRequest request, int row, List<BindingInfo> taken)
    {
        PersistentVolume? smallest = null;
        if (Groups(row) is { } groups)
        {
            foreach (var group in groups)
            {
                if (group.Free.Count > 0 && group.Offers(request) && group.Free.Smallest(request, taken) is { } volume
                    && (smallest is null || FreeVolumes.Compare(volume, smallest) < 0))
                {
                    smallest = volume;
                }
            }
        }

        return smallest;
    }

    /// <summary>The smallest free volume that suits a claim, wherever it is reached from.</summary>
    public PersistentVolume? SmallestAnywhere(ClaimRequest request)
    {
        PersistentVolume? smallest = null;
        foreach (var group in _groups.Values)
        {
            if (group.Offers(request) && group.Free.Smallest(request, []) is { } volume && (smallest is null || FreeVolumes.Compare(volume, smallest) < 0))
            {
                smallest = volume;
            }
        }

        return smallest;
    }

    /// <summary>Forgets which nodes reach what, since nodes have changed.</summary>
    public void Invalidate() => _byRow = null;

    private VolumeGroup GroupOf(PersistentVolume volume)
    {
        var segment = nodes.SegmentOf(volume.Spec.NodeAffinity);
        var key = (segment, new Items<string>(volume.Spec.AccessModes), volume.Spec.VolumeMode ?? VolumeModes.Filesystem);
        if (!_groups.TryGetValue(key, out var group))
        {
            group = new(segment, volume.Spec.AccessModes, key.Item3);
            _groups.Add(key, group);
            if (_byRow is not null)
            {
                Link(group);
            }
        }

        return group;
    }

    private void Build()
    {
        if (_byRow is not null)
        {
            return;
        }

        _byRow = new List<VolumeGroup>?[nodes.Count];
        foreach (var group in _groups.Values)
        {
            Link(group);
        }
    }

    private void Link(VolumeGroup group)
    {
        foreach (var row in group.Segment.Rows)
        {
            (_byRow![row] ??= []).Add(group);
        }
    }
}
