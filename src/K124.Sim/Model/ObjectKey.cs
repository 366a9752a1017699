namespace K124.Sim.Model;

/// <summary>What tells objects of one kind apart: namespace and name.</summary>
/// <param name="Namespace">Namespace; empty for cluster-scoped kinds.</param>
/// <param name="Name">Name.</param>
public readonly record struct ObjectKey(string Namespace, string Name) : IComparable<ObjectKey>
{
    /// <summary>The key of an object.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Its key.</returns>
    public static ObjectKey Of(IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new(item.Metadata.Namespace, item.Metadata.Name);
    }

    /// <summary>Orders by namespace, then by name, both ordinal.</summary>
    /// <param name="other">Key to compare with.</param>
    /// <returns>Less than, equal to or greater than 0.</returns>
    public int CompareTo(ObjectKey other)
    {
        var order = string.CompareOrdinal(Namespace, other.Namespace);
        return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
    }

    /// <summary><c>namespace/name</c>, or the name alone without a namespace.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";

    /// <summary>Whether the left key comes first.</summary>
    /// <param name="left">First key.</param>
    /// <param name="right">Second key.</param>
    /// <returns>True if it does.</returns>
    public static bool operator <(ObjectKey left, ObjectKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left key comes last.</summary>
    /// <param name="left">First key.</param>
    /// <param name="right">Second key.</param>
    /// <returns>True if it does.</returns>
    public static bool operator >(ObjectKey left, ObjectKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left key does not come last.</summary>
    /// <param name="left">First key.</param>
    /// <param name="right">Second key.</param>
    /// <returns>True if it does not.</returns>
    public static bool operator <=(ObjectKey left, ObjectKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left key does not come first.</summary>
    /// <param name="left">First key.</param>
    /// <param name="right">Second key.</param>
    /// <returns>True if it does not.</returns>
    public static bool operator >=(ObjectKey left, ObjectKey right) => left.CompareTo(right) >= 0;
}
