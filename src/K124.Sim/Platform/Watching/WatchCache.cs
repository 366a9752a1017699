using System.Collections.Immutable;
using System.Globalization;

namespace K124.Sim.Platform.Watching;

/// <summary>The watch cache of one resource: the objects as of a version, and a window of changes that grows and shrinks with their pace.</summary>
/// <typeparam name="T">Type of the objects.</typeparam>
/// <remarks>Kubernetes 1.24 apiserver/pkg/storage/cacher; KEP-1904.</remarks>
internal sealed class WatchCache<T>
    where T : class
{
    private const int SmallestCapacity = 100;
    private const int LargestCapacity = 100 * 1024;

    // A window is wide enough when it holds this much; below, it grows, and when a quarter of it does, it shrinks.
    private const long FreshTicks = 75 * TimeSpan.TicksPerSecond;

    private readonly SortedDictionary<string, T> _store = new(StringComparer.Ordinal);
    private readonly Func<T, long> _versionOf;
    private Change[] _ring = new Change[SmallestCapacity];
    private long _start;
    private long _end;

    /// <summary>Makes a cache that has listed nothing yet.</summary>
    /// <param name="versionOf">Version of an object.</param>
    public WatchCache(Func<T, long> versionOf) => _versionOf = versionOf;

    private readonly record struct Change(WatchEventKind Kind, string Key, T Object, T? Previous, long ResourceVersion, long Time);

    /// <summary>How many changes the window can hold now.</summary>
    public int Capacity => _ring.Length;

    /// <summary>How many changes it holds.</summary>
    public int Buffered => (int)(_end - _start);

    /// <summary>Version of the oldest change in the window; null if it holds none.</summary>
    public long? OldestBuffered => Buffered == 0 ? null : At(_start).ResourceVersion;

    /// <summary>Version up to which the cache has seen everything.</summary>
    public long ResourceVersion { get; private set; }

    /// <summary>Version of the last full list.</summary>
    public long ListResourceVersion { get; private set; }

    /// <summary>The objects, in the order of their keys.</summary>
    public IReadOnlyDictionary<string, T> Objects => _store;

    /// <summary>Takes a full list, which empties the window: what a server does when it starts, or when its own watch broke.</summary>
    public void Replace(IEnumerable<KeyValuePair<string, T>> objects, long resourceVersion)
    {
        _store.Clear();
        foreach (var (key, value) in objects)
        {
            _store[key] = value;
        }

        (_start, _end) = (0, 0);
        Array.Clear(_ring);
        (ListResourceVersion, ResourceVersion) = (resourceVersion, resourceVersion);
    }

    /// <summary>Takes a change.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="key">Key of the object.</param>
    /// <param name="value">The object; of one that was deleted, as it last was.</param>
    /// <param name="resourceVersion">Version of the change.</param>
    /// <param name="time">When it happened, in ticks.</param>
    public void Apply(WatchEventKind kind, string key, T value, long resourceVersion, long time)
    {
        var previous = _store.GetValueOrDefault(key);
        Resize(time);
        if (Buffered == Capacity)
        {
            _start++;
        }

        At(_end++) = new(kind, key, value, previous, resourceVersion, time);
        ResourceVersion = resourceVersion;
        if (kind == WatchEventKind.Deleted)
        {
            _store.Remove(key);
        }
        else
        {
            _store[key] = value;
        }
    }

    /// <summary>Learns that nothing happened up to a version.</summary>
    public void Progress(long resourceVersion) => ResourceVersion = resourceVersion;

    /// <summary>Begins a watch.</summary>
    /// <param name="resourceVersion">Version after which changes are wanted; 0 for all objects as they are.</param>
    /// <param name="filter">Which objects are watched; null for all.</param>
    public WatchAnswer<T> Watch(long resourceVersion, Func<T, bool>? filter = null)
    {
        var oldest = OldestStart();
        if (oldest is null)
        {
            return new() { Expired = "watch cache isn't correctly initialized" };
        }

        if (resourceVersion == 0)
        {
            return new() { Events = [.. _store.Where(entry => filter?.Invoke(entry.Value) ?? true).Select(Synthetic)] };
        }

        return resourceVersion < oldest
            ? new() { Expired = string.Create(CultureInfo.InvariantCulture, $"too old resource version: {resourceVersion} ({oldest})") }
            : new() { Events = Since(resourceVersion, filter) };
    }

    /// <summary>The oldest version a watch can start from; null before the first list.</summary>
    private long? OldestStart()
    {
        if (ListResourceVersion > 0 && _start == 0)
        {
            return ListResourceVersion;
        }

        return OldestBuffered - 1;
    }

    private ImmutableArray<WatchEvent<T>> Since(long resourceVersion, Func<T, bool>? filter)
    {
        var events = ImmutableArray.CreateBuilder<WatchEvent<T>>();
        for (var i = FirstAfter(resourceVersion); i < _end; i++)
        {
            if (Translate(At(i), filter) is { } told)
            {
                events.Add(told);
            }
        }

        return events.ToImmutable();
    }

    private long FirstAfter(long resourceVersion)
    {
        var (low, high) = (_start, _end);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = At(middle).ResourceVersion > resourceVersion ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>A change as one who watches a part of the objects sees it; null if it does not concern that part.</summary>
    private static WatchEvent<T>? Translate(in Change change, Func<T, bool>? filter)
    {
        var isIn = change.Kind != WatchEventKind.Deleted && (filter is null || filter(change.Object));
        var wasIn = change.Previous is { } previous && (filter is null || filter(previous));
        return (isIn, wasIn) switch
        {
            (true, false) => new(WatchEventKind.Added, change.Key, change.Object, change.ResourceVersion),
            (true, true) => new(WatchEventKind.Modified, change.Key, change.Object, change.ResourceVersion),
            (false, true) => new(WatchEventKind.Deleted, change.Key, change.Previous!, change.ResourceVersion),
            _ => null,
        };
    }

    private WatchEvent<T> Synthetic(KeyValuePair<string, T> entry) => new(WatchEventKind.Added, entry.Key, entry.Value, _versionOf(entry.Value));

    private void Resize(long time)
    {
        if (Buffered < Capacity)
        {
            return;
        }

        if (time - At(_start).Time < FreshTicks)
        {
            ResizeTo(Math.Min(Capacity * 2, LargestCapacity));
        }
        else if (time - At(_end - (Capacity / 4)).Time > FreshTicks)
        {
            ResizeTo(Math.Max(Capacity / 2, SmallestCapacity));
        }
    }

    private void ResizeTo(int capacity)
    {
        if (capacity == Capacity)
        {
            return;
        }

        var start = Math.Max(_start, _end - capacity);
        var ring = new Change[capacity];
        for (var i = start; i < _end; i++)
        {
            ring[i % capacity] = At(i);
        }

        (_ring, _start) = (ring, start);
    }

    private ref Change At(long index) => ref _ring[index % _ring.Length];
}
