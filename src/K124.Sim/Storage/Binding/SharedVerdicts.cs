namespace K124.Sim.Storage.Binding;

/// <summary>Verdicts on all nodes for pods whose claims ask for the same, kept until what they rest on changes.</summary>
/// <remarks>The claims must be ones that nothing tells apart: without a chosen node, and without volumes that name them.</remarks>
internal sealed class SharedVerdicts(VolumeBinder binder, ClaimSet claims)
{
    private const VolumeConflicts Unknown = (VolumeConflicts)byte.MaxValue;

    private static readonly List<BindingInfo> NoneTaken = [];

    private readonly Source[] _sources =
        [.. claims.Pending.Select(static claim => claim.Request.ClassName).Distinct(StringComparer.Ordinal).Select(name => new Source(binder.ClassOf(name)))];

    private readonly Dictionary<int, bool> _fits = [];
    private readonly FindBuffer _buffer = new();
    private VolumeConflicts[] _byRow = [];

    /// <summary>Whether all verdicts were dropped since <see cref="ClearDropped"/>.</summary>
    public bool HasDroppedAll { get; private set; }

    /// <summary>Rows of which the verdict was dropped since <see cref="ClearDropped"/>.</summary>
    public List<int> Dropped { get; } = [];

    public void ClearDropped()
    {
        HasDroppedAll = false;
        Dropped.Clear();
    }

    /// <summary>Takes notice of what has changed since the last time.</summary>
    public void Sync()
    {
        if (_byRow.Length != binder.NodeRows)
        {
            _byRow = new VolumeConflicts[binder.NodeRows];
            DropAll();
        }

        foreach (var source in _sources)
        {
            if (source.Epoch != source.Storage.Epoch)
            {
                source.Epoch = source.Storage.Epoch;
                source.Cursor = source.Storage.Changes.Length;
                DropAll();
            }

            for (; source.Cursor < source.Storage.Changes.Length; source.Cursor++)
            {
                Follow(source.Storage, source.Storage.Changes[source.Cursor]);
            }
        }
    }

    public VolumeConflicts Of(int row)
    {
        var verdict = _byRow[row];
        if (verdict == Unknown)
        {
            verdict = binder.Find(claims, row, _buffer);
            _byRow[row] = verdict;
        }

        return verdict;
    }

    private void DropAll()
    {
        Array.Fill(_byRow, Unknown);
        _fits.Clear();
        Dropped.Clear();
        HasDroppedAll = true;
    }

    private void Follow(ClassStorage storage, StorageChange change)
    {
        if (change.Group is { } group && !MayMatter(storage, group))
        {
            return;
        }

        foreach (var row in binder.RowsOf(change.Segment))
        {
            _byRow[row] = Unknown;
            Dropped.Add(row);
        }
    }

    /// <summary>A single claim asks of a group no more than whether some volume of it fits.</summary>
    private bool MayMatter(ClassStorage storage, int number)
    {
        if (claims.Pending is not [var claim])
        {
            return true;
        }

        var group = storage.Volumes[number];
        var fits = group.Offers(claim.Request) && group.Free.Smallest(claim.Request, NoneTaken) is not null;
        if (_fits.TryGetValue(number, out var fitted) && fitted == fits)
        {
            return false;
        }

        _fits[number] = fits;
        return true;
    }

    private sealed class Source(ClassStorage storage)
    {
        public ClassStorage Storage { get; } = storage;

        public int Epoch { get; set; } = -1;

        public int Cursor { get; set; }
    }
}
