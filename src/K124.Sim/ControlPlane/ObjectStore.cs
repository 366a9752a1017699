using System.Text.Json.Nodes;
using K124.Sim.Collections;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane;

/// <summary>Every object of a cluster, a table a resource; one counter of revisions; the last changes, in which a watch is a cursor.</summary>
/// <remarks>Each write takes one revision. A fork costs next to nothing: the two share all that neither changes afterwards.</remarks>
internal sealed partial class ObjectStore
{
    private const int MaxChanges = 1 << 17;
    private const long CompactionTicks = 5 * TimeSpan.TicksPerMinute;

    private readonly Ownership _ownership = new();
    private readonly Dictionary<ResourceId, StoreResource> _resources;
    private readonly ForkableLog<ChangeReference> _changes;
    private ObjectTable[] _tables;
    private long _compactionMark;
    private long _nextCompactionTicks;

    /// <summary>Makes an empty store.</summary>
    /// <param name="revision">Revision of the empty store, more than 0.</param>
    public ObjectStore(long revision = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(revision);
        Revision = revision;
        StartRevision = revision;
        CompactedRevision = 0;
        _resources = [];
        _changes = new(_ownership);
        _tables = [];
    }

    private ObjectStore(ObjectStore other)
    {
        Revision = other.Revision;
        StartRevision = other.StartRevision;
        CompactedRevision = other.CompactedRevision;
        UtcNow = other.UtcNow;
        _resources = new(other._resources);
        _changes = other._changes.Fork(_ownership);
        _tables = [.. other._tables];
        _compactionMark = other._compactionMark;
        _nextCompactionTicks = other._nextCompactionTicks;
    }

    /// <summary>Revision of the last write.</summary>
    public long Revision { get; private set; }

    /// <summary>Revision that the store began with.</summary>
    public long StartRevision { get; }

    /// <summary>States at this revision and before are forgotten.</summary>
    public long CompactedRevision { get; private set; }

    /// <summary>The time that changes are written down with.</summary>
    public DateTimeOffset UtcNow { get; set; }

    /// <summary>A cursor behind the last change.</summary>
    public StoreCursor Now => new(_changes.End);

    /// <summary>A store with the same content; neither side sees what the other writes from here on.</summary>
    public ObjectStore Fork()
    {
        _ownership.Renounce();
        return new(this);
    }

    /// <summary>The resource under a name; makes its table if there is none yet.</summary>
    /// <param name="id">Group and plural.</param>
    /// <param name="form">Form of its objects, if it is new; JSON only by default.</param>
    public StoreResource Resource(ResourceId id, ObjectForm? form = null)
    {
        if (!_resources.TryGetValue(id, out var resource))
        {
            resource = new(id, _tables.Length, form ?? TreeForm.Instance);
            _resources.Add(id, resource);
            _tables = [.. _tables, new(resource, _ownership, Revision)];
        }

        return resource;
    }

    /// <summary>The table of a resource, to read.</summary>
    public ObjectTable Table(StoreResource resource) => _tables[resource.Index];

    public StoredObject? Get(StoreResource resource, ObjectKey key) => _tables[resource.Index].Find(key);

    /// <summary>The objects of one namespace or of all (null), in the order of their keys. Nothing is to be written meanwhile.</summary>
    public IEnumerable<StoredObject> List(StoreResource resource, string? namespaceName = null) => _tables[resource.Index].List(namespaceName);

    public int Count(StoreResource resource) => _tables[resource.Index].Count;

    /// <summary>Makes an object from a tree, which belongs to the store from here on.</summary>
    public StoreResult Create(StoreResource resource, ObjectKey key, JsonObject tree, string? rawText = null) =>
        Get(resource, key) is { } present
            ? new(StoreOutcome.AlreadyExists, present)
            : Write(StoreChangeKind.Added, null, StoredObject.FromTree(resource, key, Revision + 1, tree, isNew: true, rawText));

    /// <summary>Makes an object from a record.</summary>
    public StoreResult Create(StoreResource resource, IApiObject typed)
    {
        var key = ObjectKey.Of(typed);
        return Get(resource, key) is { } present
            ? new(StoreOutcome.AlreadyExists, present)
            : Write(StoreChangeKind.Added, null, StoredObject.FromTyped(resource, key, Revision + 1, typed));
    }

    /// <summary>Changes an object to a tree, which belongs to the store from here on.</summary>
    /// <param name="resource">Its resource.</param>
    /// <param name="key">Its key.</param>
    /// <param name="tree">Its new state.</param>
    /// <param name="expectedRevision">Revision that it has to be at; 0 for any.</param>
    /// <param name="rawText">Bytes of its raw member, as text, if they are others than the server writes.</param>
    public StoreResult Update(StoreResource resource, ObjectKey key, JsonObject tree, long expectedRevision = 0, string? rawText = null)
    {
        var present = Get(resource, key);
        return Check(present, expectedRevision) is { } refusal
            ? refusal
            : Write(StoreChangeKind.Modified, present, StoredObject.FromTree(resource, key, Revision + 1, tree, rawText: rawText));
    }

    /// <summary>Changes an object to a record.</summary>
    /// <param name="resource">Its resource.</param>
    /// <param name="typed">Its new state.</param>
    /// <param name="expectedRevision">Revision that it has to be at; 0 for any.</param>
    public StoreResult Update(StoreResource resource, IApiObject typed, long expectedRevision = 0)
    {
        var key = ObjectKey.Of(typed);
        var present = Get(resource, key);
        return Check(present, expectedRevision) is { } refusal
            ? refusal
            : Write(StoreChangeKind.Modified, present, StoredObject.FromTyped(resource, key, Revision + 1, typed));
    }

    /// <summary>Removes an object.</summary>
    /// <param name="resource">Its resource.</param>
    /// <param name="key">Its key.</param>
    /// <param name="expectedRevision">Revision that it has to be at; 0 for any.</param>
    public StoreResult Delete(StoreResource resource, ObjectKey key, long expectedRevision = 0)
    {
        var present = Get(resource, key);
        return Check(present, expectedRevision) is { } refusal
            ? refusal
            : Write(StoreChangeKind.Deleted, present, present!.WithRevision(Revision + 1));
    }

    private static StoreResult? Check(StoredObject? present, long expectedRevision) => present switch
    {
        null => new StoreResult(StoreOutcome.NotFound, null),
        _ when expectedRevision != 0 && present.Revision != expectedRevision => new StoreResult(StoreOutcome.Conflict, present),
        _ => null,
    };

    private StoreResult Write(StoreChangeKind kind, StoredObject? old, StoredObject state)
    {
        CompactOnTime();
        Revision++;
        var table = OwnTable(state.Resource);
        _changes.Append(new(state.Resource.Index, table.LogEnd));
        table.Apply(new(kind, old, state, UtcNow.UtcTicks));
        if (_changes.Count > MaxChanges)
        {
            _changes.DropBefore(_changes.First + 1);
        }

        return new(StoreOutcome.Done, state);
    }

    private ObjectTable OwnTable(StoreResource resource)
    {
        ref var table = ref _tables[resource.Index];
        if (!ReferenceEquals(table.Owner, _ownership.Token))
        {
            table = table.Fork(_ownership);
        }

        return table;
    }

    /// <summary>Where a change stands: the table, and the position in its log.</summary>
    private readonly record struct ChangeReference(int Table, long Position);
}
