using K124.Sim.Model;

namespace K124.Sim.Api;

/// <summary>Typed reads.</summary>
public static class ObjectReaderExtensions
{
    /// <summary>The object with the given key.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="reader">Where to look.</param>
    /// <param name="key">Namespace and name.</param>
    /// <returns>The object, or null.</returns>
    public static T? Get<T>(this IObjectReader reader, ObjectKey key)
        where T : class, IApiObject
    {
        ArgumentNullException.ThrowIfNull(reader);
        return (T?)reader.Get(ApiKind.Of<T>(), key);
    }

    /// <summary>All objects of a kind, by namespace and name.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="reader">Where to look.</param>
    /// <returns>The objects.</returns>
    public static IEnumerable<T> List<T>(this IObjectReader reader)
        where T : class, IApiObject
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.List(ApiKind.Of<T>()).Cast<T>();
    }

    /// <summary>The objects of a kind that an index files under a value, by namespace and name.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="reader">Where to look.</param>
    /// <param name="index">The index.</param>
    /// <param name="value">The value to look for.</param>
    /// <returns>The objects.</returns>
    public static IEnumerable<T> List<T>(this IObjectReader reader, ObjectIndex index, string value)
        where T : class, IApiObject
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.List(ApiKind.Of<T>(), index, value).Cast<T>();
    }
}
