using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Platform.Watching;

/// <summary>What a watch begins with.</summary>
/// <typeparam name="T">Type of the objects.</typeparam>
internal readonly record struct WatchAnswer<T>
{
    /// <summary>The events that are known already, oldest first.</summary>
    public ImmutableArray<WatchEvent<T>> Events { get => field.IsDefault ? [] : field; init; }

    /// <summary>Why there can be no watch from that version; the server sends it as an event with code 410. Null if there can.</summary>
    public string? Expired { get; init; }

    /// <summary>Whether the watch goes on.</summary>
    [MemberNotNullWhen(false, nameof(Expired))]
    public bool Succeeded => Expired is null;
}
