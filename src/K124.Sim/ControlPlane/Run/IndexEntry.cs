using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

/// <summary>One object under one value of an index.</summary>
/// <param name="Index">The index.</param>
/// <param name="Value">The value.</param>
/// <param name="Key">Namespace and name of the object.</param>
internal readonly record struct IndexEntry(ObjectIndex Index, string Value, ObjectKey Key)
{
    /// <summary>By index, value, namespace and name.</summary>
    public static IComparer<IndexEntry> Order { get; } = Comparer<IndexEntry>.Create(static (left, right) =>
    {
        var order = left.Index.CompareTo(right.Index);
        order = order != 0 ? order : string.CompareOrdinal(left.Value, right.Value);
        return order != 0 ? order : left.Key.CompareTo(right.Key);
    });
}
