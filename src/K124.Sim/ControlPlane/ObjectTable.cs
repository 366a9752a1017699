using K124.Sim.Collections;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane;

/// <summary>The objects of one resource: found by key, read in the order of their keys, with their last changes.</summary>
internal sealed class ObjectTable
{
    private const int MaxHistory = 102400;

    private readonly ForkableMap<ObjectKey, StoredObject> _objects;
    private readonly ForkableSortedSet<ObjectKey> _keys;
    private readonly ForkableLog<StoreChange> _log;

    public ObjectTable(StoreResource resource, Ownership ownership, long revision)
    {
        Resource = resource;
        Owner = ownership.Token;
        _objects = new(ownership);
        _keys = new(ownership, StorageOrder.Instance);
        _log = new(ownership);
        Window = WatchWindow.Open(revision, 0);
        HistoryStart = revision;
    }

    private ObjectTable(ObjectTable other, Ownership ownership)
    {
        Resource = other.Resource;
        Owner = ownership.Token;
        _objects = other._objects.ForkShared(ownership);
        _keys = other._keys.Fork(ownership);
        _log = other._log.Fork(ownership);
        Window = other.Window;
        HistoryStart = other.HistoryStart;
    }

    public StoreResource Resource { get; }

    /// <summary>Token of the store that may write to this table.</summary>
    public object Owner { get; }

    public int Count => _objects.Count;

    public WatchWindow Window { get; private set; }

    /// <summary>The oldest revision whose state can still be told.</summary>
    public long HistoryStart { get; private set; }

    /// <summary>Position of the next change.</summary>
    public long LogEnd => _log.End;

    public ObjectTable Fork(Ownership ownership) => new(this, ownership);

    public StoredObject? Find(ObjectKey key) => _objects.TryGetValue(key, out var found) ? found : null;

    public StoreChange ChangeAt(long position) => _log[position];

    /// <summary>Whether the change at a position is still known.</summary>
    public bool HasChange(long position) => position >= _log.First;

    /// <summary>Position of the first change after a revision.</summary>
    public long PositionAfter(long revision)
    {
        var (low, high) = (_log.First, _log.End);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_log[middle].Revision <= revision)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Keys in order, of one namespace or of all (null), from a key on.</summary>
    public IEnumerable<ObjectKey> Keys(string? namespaceName, ObjectKey from)
    {
        foreach (var key in _keys.From(from))
        {
            if (namespaceName is not null && !string.Equals(key.Namespace, namespaceName, StringComparison.Ordinal))
            {
                yield break;
            }

            yield return key;
        }
    }

    /// <summary>States now, in the order of their keys, of one namespace or of all (null).</summary>
    public IEnumerable<StoredObject> List(string? namespaceName)
    {
        foreach (var key in Keys(namespaceName, new(namespaceName ?? "", "")))
        {
            yield return Find(key)!;
        }
    }

    public void Apply(in StoreChange change)
    {
        switch (change.Kind)
        {
            case StoreChangeKind.Added:
                _objects.Add(change.Key, change.New);
                _keys.Add(change.Key);
                break;
            case StoreChangeKind.Modified:
                _objects.Set(change.Key, change.New);
                break;
            default:
                _objects.Remove(change.Key, out _);
                _keys.Remove(change.Key);
                break;
        }

        Window = Window.MakeRoom(_log, change.UtcTicks);
        _log.Append(change);
        if (_log.Count > MaxHistory)
        {
            DropHistoryBefore(_log.First + 1);
        }
    }

    /// <summary>Whether changes up to a revision take room that nobody needs any more.</summary>
    public bool CanDrop(long revision) => _log.Count > 0 && _log.First < Window.Start && _log[_log.First].Revision <= revision;

    /// <summary>Forgets the states before a revision, but for what watches can start from.</summary>
    public void Compact(long revision) => DropHistoryBefore(Math.Min(PositionAfter(revision), Window.Start));

    /// <summary>Forgets all changes: a watch can start at this revision or later.</summary>
    public void Restart(long revision) => Window = WatchWindow.Open(revision, _log.End);

    private void DropHistoryBefore(long position)
    {
        if (position > _log.First)
        {
            HistoryStart = Math.Max(HistoryStart, _log[position - 1].Revision);
            _log.DropBefore(position);
        }
    }
}
