using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Model;

/// <summary>The objects of one kind, whatever the kind.</summary>
public abstract class ObjectSet
{
    private protected ObjectSet()
    {
    }

    /// <summary>Number of objects.</summary>
    public abstract int Count { get; }

    internal abstract IEnumerable<IApiObject> Objects { get; }

    internal abstract IApiObject? FindObject(ObjectKey key);

    internal abstract ObjectSet AddObjects(IEnumerable<IApiObject> items);

    internal abstract ObjectSet ReplaceObject(IApiObject item);

    internal abstract ObjectSet RemoveObject(ObjectKey key);

    internal abstract bool Has(ObjectKey key);
}

/// <summary>An immutable set of objects of one kind: found by namespace and name, enumerated in the order of adding.</summary>
/// <typeparam name="T">The kind.</typeparam>
[SuppressMessage("Naming", "CA1710", Justification = "It is a set of API objects; \"collection\" would say less.")]
public sealed class ObjectSet<T> : ObjectSet, IReadOnlyCollection<T>
    where T : class, IApiObject
{
    private readonly ImmutableSortedDictionary<int, T> _byPosition;
    private readonly ImmutableDictionary<ObjectKey, int> _positions;
    private readonly int _nextPosition;

    private ObjectSet(ImmutableSortedDictionary<int, T> byPosition, ImmutableDictionary<ObjectKey, int> positions, int nextPosition)
    {
        _byPosition = byPosition;
        _positions = positions;
        _nextPosition = nextPosition;
    }

    /// <inheritdoc/>
    public override int Count => _byPosition.Count;

    internal static ObjectSet<T> Empty { get; } =
        new(ImmutableSortedDictionary<int, T>.Empty, ImmutableDictionary<ObjectKey, int>.Empty, 0);

    internal override IEnumerable<IApiObject> Objects => this;

    internal override IApiObject? FindObject(ObjectKey key) => Find(key);

    /// <summary>The object with the given key.</summary>
    /// <param name="key">Namespace and name.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public T this[ObjectKey key] => _byPosition[Position(key)];

    /// <summary>The object with the given key, or null.</summary>
    /// <param name="key">Namespace and name.</param>
    /// <returns>The object, or null if there is none.</returns>
    public T? Find(ObjectKey key) => _positions.TryGetValue(key, out var position) ? _byPosition[position] : null;

    /// <summary>The object with the given name, or null.</summary>
    /// <param name="name">Name.</param>
    /// <param name="namespaceName">Namespace; empty for cluster-scoped kinds.</param>
    /// <returns>The object, or null if there is none.</returns>
    public T? Find(string name, string namespaceName = "") => Find(new ObjectKey(namespaceName, name));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _byPosition.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal override ObjectSet<T> AddObjects(IEnumerable<IApiObject> items)
    {
        var byPosition = _byPosition.ToBuilder();
        var positions = _positions.ToBuilder();
        var next = _nextPosition;
        foreach (var item in items)
        {
            var key = ObjectKey.Of(item);
            if (key.Name.Length == 0)
            {
                throw new ArgumentException($"A {item.Kind} has no name.", nameof(items));
            }

            if (!positions.TryAdd(key, next))
            {
                throw new ArgumentException($"There is already a {item.Kind} '{key}'.", nameof(items));
            }

            byPosition.Add(next++, (T)item);
        }

        return new(byPosition.ToImmutable(), positions.ToImmutable(), next);
    }

    internal override ObjectSet<T> ReplaceObject(IApiObject item) =>
        new(_byPosition.SetItem(Position(ObjectKey.Of(item)), (T)item), _positions, _nextPosition);

    internal override ObjectSet<T> RemoveObject(ObjectKey key) => Remove(key);

    internal override bool Has(ObjectKey key) => _positions.ContainsKey(key);

    internal ObjectSet<T> Remove(ObjectKey key) =>
        new(_byPosition.Remove(Position(key)), _positions.Remove(key), _nextPosition);

    private int Position(ObjectKey key) => _positions.TryGetValue(key, out var position)
        ? position
        : throw new KeyNotFoundException($"There is no {typeof(T).Name} '{key}'.");
}
