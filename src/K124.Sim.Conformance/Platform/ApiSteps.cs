using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Conformance.Kinds;
using K124.Sim.Kinds;
using K124.Sim.Platform;

namespace K124.Sim.Conformance.Platform;

/// <summary>One object that recorded steps make and change; beside it there are only namespaces.</summary>
/// <param name="resource">The resource of the object.</param>
/// <param name="gates">The feature gates of the server.</param>
internal sealed class ApiSteps(ResourceType resource, FeatureGates gates) : K124.Sim.Kinds.IObjectReader, INameSource
{
    /// <summary>Name of the object.</summary>
    public const string Name = "name";

    /// <summary>The object as stored; null before it was made.</summary>
    public JsonObject? Stored { get; set; }

    /// <summary>Steps over a resource with the gates of a case.</summary>
    public static ApiSteps Of(string apiVersion, string kind, JsonElement json)
    {
        if (!ResourceTypes.Instance.TryGetKind(apiVersion, kind, out var resource))
        {
            throw new JsonException($"no kind {kind} in {apiVersion}");
        }

        var gates = json.Members("gate").Aggregate(FeatureGates.Default, (known, gate) => known.With(gate.Name, gate.Value.GetBoolean()));
        return new(resource, gates);
    }

    /// <inheritdoc/>
    public JsonObject? Get(string group, string plural, string ns, string name) =>
        plural == "namespaces" ? new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } } : null;

    /// <inheritdoc/>
    public IReadOnlyList<JsonObject> List(string group, string plural, string ns) => [];

    /// <inheritdoc/>
    public string NewUid() => "UID";

    /// <inheritdoc/>
    public string RandomSuffix(int length) => new('x', length);

    /// <summary>Makes the object.</summary>
    public ApiStatus? Create(JsonObject body)
    {
        body["metadata"] = new JsonObject { ["name"] = Name };
        return Keep(ObjectPipeline.Create(new() { Resource = resource, Namespace = Namespace, Body = body }, Context()));
    }

    /// <summary>Changes the object.</summary>
    public ApiStatus? Update(JsonObject body, string subresource = "") => Keep(ObjectPipeline.Update(
        new() { Resource = resource, Namespace = Namespace, Name = Name, Subresource = subresource, Body = body }, Stored, Context()));

    /// <summary>How the answer to a step differs from the recorded error.</summary>
    public static IEnumerable<string> ErrorDifferences(JsonElement recorded, ApiStatus? answered)
    {
        if (answered is null)
        {
            return [$"recorded {recorded.Text("message")}, answered an object"];
        }

        var status = new JsonObject
        {
            ["reason"] = recorded.Text("reason"),
            ["message"] = answered.Code == 422 ? answered.Message : recorded.Text("message"),
            ["details"] = new JsonObject
            {
                ["name"] = answered.Details?.Name,
                ["group"] = answered.Details?.Group,
                ["kind"] = answered.Details?.Kind,
                ["causes"] = CaseJson.Nodes(recorded.Items("causes").Select(Cause)),
            },
        };
        using var document = JsonDocument.Parse(status.ToJsonString());
        using var nothing = JsonDocument.Parse("{}");
        return [.. StatusComparison.Differences(nothing.RootElement, document.RootElement, answered)];
    }

    private string Namespace => resource.IsNamespaced ? "default" : "";

    // Long texts are cut in the recordings.
    private static JsonNode Cause(JsonElement cause)
    {
        const string Cut = " ...";
        var copy = JsonNode.Parse(cause.GetRawText())!;
        var message = cause.Text("message");
        copy["message"] = message.EndsWith(Cut, StringComparison.Ordinal) ? message[..^Cut.Length] : message;
        return copy;
    }

    private KindContext Context() => new() { Objects = this, Now = "2022-05-03T12:00:00Z", Names = this, Gates = gates };

    private ApiStatus? Keep(ApiResult<JsonObject> result)
    {
        if (result.Value is { } tree)
        {
            tree["metadata"]!["resourceVersion"] = "1";
            Stored = tree;
        }

        return result.Status;
    }
}
