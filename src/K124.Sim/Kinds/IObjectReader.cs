using System.Text.Json.Nodes;

namespace K124.Sim.Kinds;

/// <summary>Objects that are stored, as far as the handling of another object looks at them. They must not be changed.</summary>
internal interface IObjectReader
{
    /// <summary>An object by name.</summary>
    /// <param name="group">Group; empty for the core group.</param>
    /// <param name="plural">Plural of the resource.</param>
    /// <param name="ns">Namespace; empty for cluster-scoped resources.</param>
    /// <param name="name">Name.</param>
    /// <returns>The object in its storage version, or null.</returns>
    JsonObject? Get(string group, string plural, string ns, string name);

    /// <summary>All objects of a resource, by namespace and name.</summary>
    /// <param name="group">Group; empty for the core group.</param>
    /// <param name="plural">Plural of the resource.</param>
    /// <param name="ns">Namespace; empty for all of them and for cluster-scoped resources.</param>
    /// <returns>The objects in their storage version.</returns>
    IReadOnlyList<JsonObject> List(string group, string plural, string ns);
}
