using K124.Sim.Model;

namespace K124.Sim.Api;

/// <summary>Objects as somebody sees them: the API server's own, or an informer's cache, which may lag behind.</summary>
public interface IObjectReader
{
    /// <summary>The object of a kind with the given key.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="key">Namespace and name.</param>
    /// <returns>The object, or null.</returns>
    IApiObject? Get(ApiKind kind, ObjectKey key);

    /// <summary>All objects of a kind, by namespace and name.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The objects.</returns>
    IEnumerable<IApiObject> List(ApiKind kind);

    /// <summary>The objects of a kind that an index files under a value, by namespace and name. Costs what is returned.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="index">The index.</param>
    /// <param name="value">The value to look for.</param>
    /// <returns>The objects.</returns>
    IEnumerable<IApiObject> List(ApiKind kind, ObjectIndex index, string value);
}

/// <summary>What objects are found by, beside their name.</summary>
public enum ObjectIndex
{
    /// <summary>By namespace.</summary>
    Namespace,

    /// <summary>By uid of the owner that is marked as controller.</summary>
    Controller,

    /// <summary>By namespace, those without a controller only.</summary>
    Orphan,

    /// <summary>Pods by <c>spec.nodeName</c>; pods without a node are under the empty name.</summary>
    Node,
}
