using K124.Sim.Model;

namespace K124.Sim.ControlPlane;

/// <summary>A table as it was at a revision: what has changed since is taken back.</summary>
internal sealed class TableHistory
{
    private readonly ObjectTable _table;
    private readonly Dictionary<ObjectKey, StoredObject?> _then = [];
    private readonly List<ObjectKey> _gone = [];

    public TableHistory(ObjectTable table, long revision)
    {
        _table = table;
        for (var i = table.PositionAfter(revision); i < table.LogEnd; i++)
        {
            var change = table.ChangeAt(i);
            if (_then.TryAdd(change.Key, change.Old) && change.Old is not null && table.Find(change.Key) is null)
            {
                _gone.Add(change.Key);
            }
        }

        _gone.Sort(StorageOrder.Instance);
    }

    public StoredObject? Find(ObjectKey key) => _then.TryGetValue(key, out var then) ? then : _table.Find(key);

    /// <summary>States of then, in the order of their keys, of one namespace or of all (null), from a key on.</summary>
    public IEnumerable<StoredObject> List(string? namespaceName, ObjectKey from)
    {
        foreach (var key in Keys(namespaceName, from))
        {
            if (Find(key) is { } found)
            {
                yield return found;
            }
        }
    }

    private IEnumerable<ObjectKey> Keys(string? namespaceName, ObjectKey from)
    {
        var gone = _gone.Where(key => StorageOrder.Instance.Compare(key, from) >= 0
            && (namespaceName is null || string.Equals(key.Namespace, namespaceName, StringComparison.Ordinal))).ToArray();
        var next = 0;
        foreach (var key in _table.Keys(namespaceName, from))
        {
            for (; next < gone.Length && StorageOrder.Instance.Compare(gone[next], key) < 0; next++)
            {
                yield return gone[next];
            }

            yield return key;
        }

        for (; next < gone.Length; next++)
        {
            yield return gone[next];
        }
    }
}
