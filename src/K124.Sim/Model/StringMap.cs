using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Model;

/// <summary>An immutable map from strings, enumerated in ordinal key order and equal by content.</summary>
/// <remarks>Holds labels, annotations and resource lists: small maps that exist in large numbers, so the
/// entries are one sorted array.</remarks>
/// <typeparam name="TValue">Type of the values.</typeparam>
[SuppressMessage("Naming", "CA1710", Justification = "StringMap says what it is; so do Labels and ResourceList in Kubernetes.")]
public sealed class StringMap<TValue> : IReadOnlyDictionary<string, TValue>, IEquatable<StringMap<TValue>>
{
    private readonly KeyValuePair<string, TValue>[] _entries;

    private StringMap(KeyValuePair<string, TValue>[] sortedEntries) => _entries = sortedEntries;

    /// <summary>The map without entries.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "StringMap<string>.Empty reads as ImmutableArray<T>.Empty does.")]
    public static StringMap<TValue> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _entries.Select(entry => entry.Key);

    /// <inheritdoc/>
    public IEnumerable<TValue> Values => _entries.Select(entry => entry.Value);

    internal ReadOnlySpan<KeyValuePair<string, TValue>> Entries => _entries;

    /// <inheritdoc/>
    /// <exception cref="KeyNotFoundException">The key is absent.</exception>
    public TValue this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The map has no key '{key}'.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value)
    {
        var index = IndexOf(key);
        value = index >= 0 ? _entries[index].Value : default;
        return index >= 0;
    }

    /// <summary>A map that also holds the given entry, in place of any entry with the same key.</summary>
    /// <param name="key">Key of the entry.</param>
    /// <param name="value">Value of the entry.</param>
    /// <returns>The new map.</returns>
    public StringMap<TValue> With(string key, TValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var index = IndexOf(key);
        return index >= 0
            ? new([.. _entries[..index], new(key, value), .. _entries[(index + 1)..]])
            : new([.. _entries[..~index], new(key, value), .. _entries[~index..]]);
    }

    /// <summary>A map without the given key.</summary>
    /// <param name="key">Key to leave out; it may be absent.</param>
    /// <returns>The new map.</returns>
    public StringMap<TValue> Without(string key)
    {
        var index = IndexOf(key);
        return index < 0 ? this : new([.. _entries[..index], .. _entries[(index + 1)..]]);
    }

    /// <inheritdoc/>
    public bool Equals(StringMap<TValue>? other)
    {
        if (other is null || other._entries.Length != _entries.Length)
        {
            return false;
        }

        for (var i = 0; i < _entries.Length; i++)
        {
            if (!string.Equals(_entries[i].Key, other._entries[i].Key, StringComparison.Ordinal)
                || !EqualityComparer<TValue>.Default.Equals(_entries[i].Value, other._entries[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StringMap<TValue>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (key, value) in _entries)
        {
            hash.Add(key);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, TValue>>)_entries).GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"{{{string.Join(", ", _entries.Select(entry => $"{entry.Key}: {entry.Value}"))}}}";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Sorts the entries in place and takes them over.</summary>
    /// <returns>The map, or null with the offending key when a key occurs twice.</returns>
    internal static StringMap<TValue>? TryAdopt(KeyValuePair<string, TValue>[] entries, out string? duplicateKey)
    {
        duplicateKey = null;
        if (entries.Length == 0)
        {
            return Empty;
        }

        Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        for (var i = 1; i < entries.Length; i++)
        {
            if (string.Equals(entries[i].Key, entries[i - 1].Key, StringComparison.Ordinal))
            {
                duplicateKey = entries[i].Key;
                return null;
            }
        }

        return new(entries);
    }

    private int IndexOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        int low = 0, high = _entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_entries[middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
