using System.Globalization;
using K124.Sim.Collections;
using K124.Sim.Model;

namespace K124.Sim.Storage.Binding;

/// <summary>Objects as the API has them, and as decisions not yet written make them.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/volumebinding (assume_cache).</remarks>
internal sealed class AssumeCache<T>
    where T : class, IApiObject
{
    private readonly string _kind;
    private readonly Action<ObjectKey> _changed;
    private readonly Action<T?, T?> _latestChanged;
    private readonly ForkableMap<ObjectKey, Entry> _entries;
    private readonly ForkableMap<ObjectKey, T> _assumed;

    /// <summary>Makes a cache with nothing in it.</summary>
    /// <param name="kind">What the objects are called in errors.</param>
    /// <param name="changed">Told the key of an object whose change was undone.</param>
    /// <param name="latestChanged">Told the latest version before and after a change; null where there is none.</param>
    /// <param name="ownership">What may be written to.</param>
    public AssumeCache(string kind, Action<ObjectKey> changed, Action<T?, T?> latestChanged, Ownership ownership)
    {
        (_kind, _changed, _latestChanged) = (kind, changed, latestChanged);
        _entries = new(ownership);
        _assumed = new(ownership);
    }

    private AssumeCache(AssumeCache<T> other, Action<ObjectKey> changed, Action<T?, T?> latestChanged, Ownership ownership)
    {
        (_kind, _changed, _latestChanged) = (other._kind, changed, latestChanged);
        _entries = other._entries.Fork(ownership);
        _assumed = other._assumed.Fork(ownership);
    }

    /// <summary>A cache with the same content, which tells others of its changes and keeps none to be undone.</summary>
    public AssumeCache<T> Fork(Action<ObjectKey> changed, Action<T?, T?> latestChanged, Ownership ownership) => new(this, changed, latestChanged, ownership);

    /// <summary>Objects whose latest version is not the API's, by namespace and name.</summary>
    public IEnumerable<T> Assumed => _assumed.Values.OrderBy(ObjectKey.Of);

    /// <summary>The version that the API has; null if there is none.</summary>
    public T? Api(ObjectKey key) => _entries.TryGetValue(key, out var entry) ? entry.Api : null;

    /// <summary>The version that decisions go by; null if there is none.</summary>
    public T? Latest(ObjectKey key) => _entries.TryGetValue(key, out var entry) ? entry.Latest : null;

    /// <summary>The version that both the API and decisions go by; null if these differ, or there is none.</summary>
    public T? Settled(ObjectKey key) => _entries.TryGetValue(key, out var entry) && ReferenceEquals(entry.Api, entry.Latest) ? entry.Api : null;

    /// <summary>Where changes are kept to be undone; null if they are not.</summary>
    public IStorageUndo? Undo { get; set; }

    /// <summary>Takes what the API says now, unless it is older than what decisions go by.</summary>
    public void Offer(T item)
    {
        var key = ObjectKey.Of(item);
        if (!_entries.TryGetValue(key, out var entry) || IsNewer(item, entry.Latest))
        {
            Set(key, new(item, item));
        }
    }

    public void Delete(ObjectKey key) => Set(key, null);

    /// <summary>Makes decisions go by a version that the API does not have yet.</summary>
    /// <returns>Why that cannot be, or null.</returns>
    public string? Assume(T item)
    {
        var key = ObjectKey.Of(item);
        if (!_entries.TryGetValue(key, out var entry))
        {
            return $"could not find {_kind} \"{key}\" in the assume cache";
        }

        if (VersionOf(item) is { } assumed && VersionOf(entry.Latest) is { } stored && assumed < stored)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{_kind} \"{key}\" is out of sync (stored: {stored}, assumed: {assumed})");
        }

        Set(key, entry with { Latest = item });
        return null;
    }

    /// <summary>Makes decisions go by the API's version again.</summary>
    public void Restore(ObjectKey key)
    {
        if (_entries.TryGetValue(key, out var entry) && !ReferenceEquals(entry.Api, entry.Latest))
        {
            Set(key, entry with { Latest = entry.Api });
        }
    }

    private void Set(ObjectKey key, Entry? entry)
    {
        Entry? before = _entries.TryGetValue(key, out var known) ? known : null;
        if (Undo?.IsActive == true)
        {
            Undo.Add(() =>
            {
                Set(key, before);
                _changed(key);
            });
        }

        _assumed.Remove(key, out _);
        if (entry is { } present)
        {
            _entries.Set(key, present);
            if (!ReferenceEquals(present.Api, present.Latest))
            {
                _assumed.Add(key, present.Latest);
            }
        }
        else
        {
            _entries.Remove(key, out _);
        }

        _latestChanged(before?.Latest, entry?.Latest);
    }

    // An object without a number for a version is a statement of what is now, and so newer than anything.
    private static bool IsNewer(T item, T known) =>
        VersionOf(item) is not { } version || VersionOf(known) is not { } knownVersion || version > knownVersion;

    internal static ulong? VersionOf(T item) =>
        ulong.TryParse(item.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private readonly record struct Entry(T Api, T Latest);
}
