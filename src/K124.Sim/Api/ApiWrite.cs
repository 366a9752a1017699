using K124.Sim.Model;

namespace K124.Sim.Api;

/// <summary>One write to the API server, as data.</summary>
public sealed record ApiWrite
{
    /// <summary>What is done.</summary>
    public required ApiVerb Verb { get; init; }

    /// <summary>Kind of the object.</summary>
    public required ApiKind Kind { get; init; }

    /// <summary>Namespace and name; the name is empty for a collection, and for a create whose name the server makes.</summary>
    public required ObjectKey Key { get; init; }

    /// <summary>Subresource such as <c>status</c>, <c>scale</c>, <c>binding</c> or <c>eviction</c>; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The object that is sent; null for patches and deletes.</summary>
    public IApiObject? Object { get; init; }

    /// <summary>Form of <see cref="Patch"/>.</summary>
    public PatchType PatchType { get; init; }

    /// <summary>The patch as JSON text; empty unless the verb is <see cref="ApiVerb.Patch"/>.</summary>
    public string Patch { get; init; } = "";

    /// <summary>Options of a delete; null for the defaults.</summary>
    public DeleteOptions? Options { get; init; }
}

/// <summary>What a write does.</summary>
public enum ApiVerb
{
    /// <summary>Makes an object.</summary>
    Create,

    /// <summary>Replaces an object.</summary>
    Update,

    /// <summary>Changes parts of an object.</summary>
    Patch,

    /// <summary>Deletes an object.</summary>
    Delete,

    /// <summary>Deletes all objects of a kind in a namespace.</summary>
    DeleteCollection,
}

/// <summary>Form of a patch.</summary>
public enum PatchType
{
    /// <summary>A list of operations, RFC 6902.</summary>
    Json,

    /// <summary>An object laid over the other, RFC 7386.</summary>
    Merge,

    /// <summary>A merge that knows the lists of the kind.</summary>
    StrategicMerge,

    /// <summary>Server-side apply.</summary>
    Apply,
}

/// <summary>Options of a delete.</summary>
public sealed record DeleteOptions
{
    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>; null for the kind's own.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Seconds allowed for graceful deletion; null for the object's own.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>The object must have this uid; null for any.</summary>
    public string? Uid { get; init; }

    /// <summary>The object must have this version; null for any.</summary>
    public string? ResourceVersion { get; init; }
}
