using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>What admission may do with an object.</summary>
internal enum AdmissionOperation
{
    /// <summary>The object is made.</summary>
    Create,

    /// <summary>The object is changed.</summary>
    Update,

    /// <summary>The object is deleted.</summary>
    Delete,

    /// <summary>A connection is made through the object.</summary>
    Connect,
}

/// <summary>A request as admission plugins see it.</summary>
internal sealed class AdmissionRequest
{
    /// <summary>What is done.</summary>
    public required AdmissionOperation Operation { get; init; }

    /// <summary>The resource.</summary>
    public required ResourceType Resource { get; init; }

    /// <summary>The subresource; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>Namespace of the request; empty for cluster-scoped resources.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the object; empty if the server is still to generate it.</summary>
    public required string Name { get; init; }

    /// <summary>The new object, which mutating plugins change in place; null for a deletion.</summary>
    public required JsonObject? Object { get; init; }

    /// <summary>The object as stored; null for a creation.</summary>
    public required JsonObject? OldObject { get; init; }

    /// <summary>The surroundings.</summary>
    public required KindContext Context { get; init; }

    /// <summary>Which plugins have to see the object again.</summary>
    public AdmissionReinvocation Reinvocation { get; } = new();

    /// <summary>Whether the request is about an object of the core group of a plural.</summary>
    /// <param name="plural">The plural.</param>
    /// <returns>True if it is, and about no subresource.</returns>
    public bool IsFor(string plural) => Resource.Group.Length == 0 && Resource.Plural == plural && Subresource.Length == 0;

    /// <summary>Whether the request is about an object of a group and plural.</summary>
    /// <param name="group">The group.</param>
    /// <param name="plural">The plural.</param>
    /// <returns>True if it is, and about no subresource.</returns>
    public bool IsFor(string group, string plural) => Resource.Group == group && Resource.Plural == plural && Subresource.Length == 0;

    /// <summary>The refusal that a plugin gives.</summary>
    /// <param name="why">Its text.</param>
    /// <param name="causes">Its causes.</param>
    /// <returns>The status.</returns>
    public ApiStatus Forbidden(string why, params ReadOnlySpan<ApiStatusCause> causes) =>
        StatusErrors.Forbidden(Resource.Group, Resource.Plural, NameInMessages, why, causes);

    private string NameInMessages
    {
        get
        {
            var metadata = Object.Object("metadata");
            return Name.Length > 0 ? Name
                : metadata.Text("name") is { Length: > 0 } name ? name
                : metadata.Text("generateName") is { Length: > 0 } prefix ? prefix
                : "Unknown";
        }
    }
}
