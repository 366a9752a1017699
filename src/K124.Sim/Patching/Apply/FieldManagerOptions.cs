using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;
using K124.Sim.Patching.Typing;

namespace K124.Sim.Patching.Apply;

/// <summary>What ownership of the fields of one kind of objects hangs on.</summary>
internal sealed record FieldManagerOptions
{
    /// <summary>Version in which the request is made, for example <c>apps/v1</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Kind of the objects.</summary>
    public required string Kind { get; init; }

    /// <summary>Subresource of the request; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>Type of an object of a version and kind; null if there is none.</summary>
    public required Func<string, string, TypeShape?> TypeOf { get; init; }

    /// <summary>Turns an object into another version of its kind; null if that version is not there (any more).</summary>
    public Func<JsonObject, string, JsonObject?> Convert { get; init; } = static (o, v) => o["apiVersion"] is JsonValue own && own.TryGetValue(out string? text) && text == v ? o : null;

    /// <summary>The object as it is before a client has named anything.</summary>
    public JsonObject Empty { get; init; } = [];

    /// <summary>Fields that a write in a version cannot set, so that nobody comes to own them.</summary>
    public IReadOnlyDictionary<string, FieldSet> ResetFields { get; init; } = new Dictionary<string, FieldSet>(StringComparer.Ordinal);

    /// <summary>Whether types may change while objects exist, as those of custom resources do.</summary>
    public bool TypesMayChange { get; init; }
}
