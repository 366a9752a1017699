using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>One write, and how it went.</summary>
/// <param name="Verb">For example <c>update</c>.</param>
/// <param name="Kind">Kind of the object.</param>
/// <param name="Subresource">Subresource; empty for none.</param>
/// <param name="Namespace">Namespace; empty for cluster-scoped kinds.</param>
/// <param name="Name">Name; empty if the server makes it.</param>
internal sealed record RecordedWrite(string Verb, RecordedKind Kind, string Subresource, string Namespace, string Name)
{
    private static readonly ImmutableArray<string> PartsLeftOutIfEqual = ["spec", "status", "data"];

    public JsonObject? Body { get; init; }

    /// <summary>What the server had, for updates.</summary>
    public JsonObject? Stored { get; init; }

    public PatchType? PatchType { get; init; }

    public DeleteOptions? Options { get; init; }

    /// <summary>Reason of the server's refusal; null if there was none.</summary>
    public string? Failed { get; set; }

    /// <summary>The write as recordings have it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["verb"] = Verb, ["resource"] = Kind.Resource };
        Add(json, "subresource", Subresource);
        Add(json, "namespace", Namespace);
        Add(json, "name", Name);
        Add(json, "failed", Failed ?? "");
        if (PatchType is { } type)
        {
            json["patchType"] = type switch
            {
                Api.PatchType.StrategicMerge => "strategic",
                Api.PatchType.Merge => "merge",
                Api.PatchType.Json => "json",
                _ => "apply",
            };
        }

        if (Options is { } options && OptionsJson(options) is { Count: > 0 } optionsJson)
        {
            json["options"] = optionsJson;
        }

        if (Body is not null)
        {
            json["body"] = Verb == "update" && Stored is not null ? Difference(Body, Stored) : Body.DeepClone();
        }

        return json;
    }

    private static JsonObject Difference(JsonObject body, JsonObject stored)
    {
        var difference = body.DeepClone().AsObject();
        if (JsonNode.DeepEquals(body["metadata"], stored["metadata"]))
        {
            difference.Remove("metadata");
            difference["metadataUnchanged"] = true;
        }

        foreach (var part in PartsLeftOutIfEqual)
        {
            if (JsonNode.DeepEquals(body[part], stored[part]))
            {
                difference.Remove(part);
            }
        }

        return difference;
    }

    private static JsonObject OptionsJson(DeleteOptions options)
    {
        var json = new JsonObject();
        Add(json, "propagationPolicy", options.PropagationPolicy ?? "");
        if (options.GracePeriodSeconds is { } grace)
        {
            json["gracePeriodSeconds"] = grace;
        }

        if (options.Uid is { } uid)
        {
            json["preconditions"] = new JsonObject { ["uid"] = uid };
        }

        return json;
    }

    private static void Add(JsonObject json, string name, string value)
    {
        if (value.Length > 0)
        {
            json[name] = value;
        }
    }
}
