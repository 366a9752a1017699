using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>An open watch: a cursor in the changes of a resource, read by whoever holds it.</summary>
internal sealed class WatchStream
{
    private const int BookmarkSeconds = 60;
    private const int BookmarkBeforeEndSeconds = 2;

    private readonly ObjectStore _store;
    private readonly ServedResource _resource;
    private readonly OutputForm _output;
    private readonly ListRequest _list;
    private readonly string _namespace;
    private readonly string _include;
    private readonly Queue<StoredObject> _initial = new();
    private long _position;
    private long _after;
    private long _bookmarkTicks = long.MaxValue;
    private ApiStatus? _failure;
    private bool _hasSentEvent;
    private bool _hasSentTable;
    private bool _isClosed;
    private int _eventsLeft = int.MaxValue;
    private JsonObject? _repeated;

    public WatchStream(ObjectStore store, ServedResource resource, OutputForm output, ListRequest list, string namespaceName, string include)
    {
        _store = store;
        _resource = resource;
        _output = output;
        _list = list;
        _namespace = namespaceName;
        _include = include;
    }

    /// <summary>When the server ends the stream.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Whether nothing more will come.</summary>
    public bool IsClosed => _isClosed || (_failure is null && _store.UtcNow >= Deadline);

    /// <summary>Whether bookmarks come twice.</summary>
    public bool RepeatsBookmarks { get; set; }

    /// <summary>When something may come without a change of the store: a bookmark, or the end.</summary>
    public DateTimeOffset NextTime => _bookmarkTicks < Deadline.UtcTicks && _list.WantsBookmarks ? new(_bookmarkTicks, TimeSpan.Zero) : Deadline;

    public void StartFromPresent(ObjectTable table)
    {
        foreach (var item in table.List(_namespace.Length > 0 ? _namespace : null))
        {
            if (ListPage.Selects(_resource, _list, item))
            {
                _initial.Enqueue(item);
            }
        }

        Start(table.LogEnd, 0);
    }

    public void StartAfter(ObjectTable table, long revision) => Start(table.PositionAfter(revision), revision);

    /// <summary>The stream has one event, which tells why it ends.</summary>
    public void Fail(ApiStatus status) => _failure = status;

    /// <summary>The stream ends after some events, without a word.</summary>
    public void EndAfter(int events) => _eventsLeft = events;

    /// <summary>Ends the stream.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Reads the next event, if there is one by now.</summary>
    public bool TryRead(out JsonObject @event)
    {
        if (_eventsLeft == 0)
        {
            Close();
        }

        var isThere = TryReadNext(out @event);
        _eventsLeft -= isThere ? 1 : 0;
        return isThere;
    }

    private bool TryReadNext(out JsonObject @event)
    {
        @event = null!;
        if (_isClosed)
        {
            return false;
        }

        if (_failure is { } failure)
        {
            _isClosed = true;
            @event = Event("ERROR", StatusTree.Of(failure));
            return true;
        }

        if (_initial.TryDequeue(out var initial))
        {
            @event = Event("ADDED", Show(initial));
            return true;
        }

        return TryReadChange(ref @event) || TryReadBookmark(ref @event);
    }

    private void Start(long position, long after)
    {
        _position = position;
        _after = after;
        ScheduleBookmark();
    }

    private bool TryReadChange(ref JsonObject @event)
    {
        var table = _store.Table(_resource.Stored);
        while (_position < table.LogEnd)
        {
            if (!table.HasChange(_position))
            {
                Close();
                return false;
            }

            var change = table.ChangeAt(_position++);
            if (change.Revision > _after && Translate(change) is { } translated)
            {
                @event = translated;
                return true;
            }
        }

        return false;
    }

    /// <summary>What a change is to a watch with a selector; null if nothing.</summary>
    private JsonObject? Translate(in StoreChange change)
    {
        if (_namespace.Length > 0 && change.Key.Namespace != _namespace)
        {
            return null;
        }

        var isIn = change.Kind != StoreChangeKind.Deleted && ListPage.Selects(_resource, _list, change.New);
        var wasIn = change.Old is { } old && ListPage.Selects(_resource, _list, old);
        return (wasIn, isIn) switch
        {
            (false, true) => Event("ADDED", Show(change.New)),
            (true, true) => Event("MODIFIED", Show(change.New)),
            (true, false) => Event("DELETED", Show(change.Kind == StoreChangeKind.Deleted ? change.New : change.Old!.WithRevision(change.Revision))),
            _ => null,
        };
    }

    private bool TryReadBookmark(ref JsonObject @event)
    {
        if (_repeated is { } repeated)
        {
            @event = repeated;
            _repeated = null;
            return true;
        }

        if (!_list.WantsBookmarks || _store.UtcNow.UtcTicks < _bookmarkTicks || IsClosed)
        {
            return false;
        }

        ScheduleBookmark();
        if (!_hasSentEvent && _store.Table(_resource.Stored).LogEnd == 0)
        {
            return false;
        }

        @event = Event("BOOKMARK", Bookmark());
        _repeated = RepeatsBookmarks ? (JsonObject)@event.DeepClone() : null;
        return true;
    }

    private void ScheduleBookmark()
    {
        var now = _store.UtcNow.UtcTicks;
        var beforeEnd = Deadline.UtcTicks - (BookmarkBeforeEndSeconds * TimeSpan.TicksPerSecond);
        var next = Math.Min(now + (BookmarkSeconds * TimeSpan.TicksPerSecond), beforeEnd);
        _bookmarkTicks = next > now ? next : long.MaxValue;
    }

    /// <summary>An object of the kind with nothing in it but the version that the watch has come to.</summary>
    private JsonObject Bookmark()
    {
        var table = _store.Table(_resource.Stored);
        var revision = table.LogEnd > 0 && table.HasChange(table.LogEnd - 1) ? table.ChangeAt(table.LogEnd - 1).Revision : _after;
        var tree = _resource.Empty();
        var metadata = tree.Ensure("metadata");
        metadata["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture);
        if (!_resource.IsCustom)
        {
            metadata["creationTimestamp"] = null;
        }

        return _output.Shape switch
        {
            OutputShape.Table => TableBody.Of(_resource, _output, tree, _include, _store.UtcNow, TakeColumns()),
            OutputShape.Metadata or OutputShape.MetadataList => MetadataBody.Of(_resource.Internal(tree), _output.Version),
            _ => tree,
        };
    }

    private JsonObject Show(StoredObject item)
    {
        var tree = _resource.FromStored(item);
        return _output.Shape switch
        {
            OutputShape.Table => TableBody.Of(_resource, _output, tree, _include, _store.UtcNow, TakeColumns()),
            OutputShape.Metadata or OutputShape.MetadataList => MetadataBody.Of(_resource.Internal(tree), _output.Version),
            _ => (JsonObject)tree.DeepClone(),
        };
    }

    /// <summary>Only the first table of a stream has its columns described.</summary>
    private bool TakeColumns()
    {
        var isFirst = !_hasSentTable;
        _hasSentTable = true;
        return isFirst;
    }

    private JsonObject Event(string type, JsonObject item)
    {
        _hasSentEvent = true;
        return new() { ["type"] = type, ["object"] = item };
    }
}
