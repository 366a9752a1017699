using System.Runtime.InteropServices;

namespace K124.Sim.Collections;

/// <summary>A list that copies of it share until one of them writes: what a fork takes over is this value alone.</summary>
internal struct ForkableList<T>
{
    private List<T>? _items;
    private object? _owner;

    public readonly int Count => _items?.Count ?? 0;

    /// <summary>The items; not to be kept over a change.</summary>
    public readonly ReadOnlySpan<T> Items => CollectionsMarshal.AsSpan(_items);

    /// <summary>The list to write to.</summary>
    public List<T> Own(Ownership ownership)
    {
        if (!ReferenceEquals(_owner, ownership.Token))
        {
            _items = [.. Items];
            _owner = ownership.Token;
        }

        return _items!;
    }
}
