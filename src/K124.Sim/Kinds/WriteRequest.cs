using System.Text.Json.Nodes;

namespace K124.Sim.Kinds;

/// <summary>A write of one object.</summary>
internal sealed record WriteRequest
{
    /// <summary>The resource, in the version of the request.</summary>
    public required ResourceType Resource { get; init; }

    /// <summary>Namespace of the path; empty for cluster-scoped resources.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Name of the path; empty for a creation through a collection.</summary>
    public string Name { get; init; } = "";

    /// <summary>Subresource of the path; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The body, as it came; it is not changed.</summary>
    public required JsonNode? Body { get; init; }

    /// <summary>The body as text, as it came; null if it was not JSON.</summary>
    public string? Text { get; init; }

    /// <summary>Whether an absent object is made by an update whatever its kind allows, as server-side apply does.</summary>
    public bool ForcesCreate { get; init; }

    /// <summary>Whether the uid of the body is a precondition, as it is of a PUT but not of a patch.</summary>
    public bool ChecksUid { get; init; } = true;

    /// <summary>Writes down who owns what in the decoded object (and the one that is stored, if there is one), before admission changes it.</summary>
    public Action<JsonObject, JsonObject?>? TrackOwners { get; init; }
}
