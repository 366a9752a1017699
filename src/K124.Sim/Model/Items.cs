using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Backing field of a list member: never default, and equal by content, so that records are too.</summary>
internal readonly struct Items<T> : IEquatable<Items<T>>
{
    private readonly ImmutableArray<T> _array;

    public Items(ImmutableArray<T> array) => _array = array;

    public ImmutableArray<T> Array => _array.IsDefault ? [] : _array;

    public bool Equals(Items<T> other) => Array.AsSpan().SequenceEqual(other.Array.AsSpan(), EqualityComparer<T>.Default);

    public override bool Equals(object? obj) => obj is Items<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Array)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}
