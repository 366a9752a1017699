using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Manifests;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Output.Planning;

/// <summary>Documents of plans, member by member in their order; what is null is left out.</summary>
internal static class Doc
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A document with its head.</summary>
    public static JsonObject Of(string kind, KubernetesRelease release, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var document = Object([("apiVersion", JsonOutput.ApiVersion), ("kind", kind), ("release", release.ToString())]);
        foreach (var (name, value) in members)
        {
            Add(document, name, value);
        }

        return document;
    }

    public static JsonObject Object(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            Add(result, name, value);
        }

        return result;
    }

    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> of) => new([.. items.Select(of)]);

    public static JsonArray Texts(IEnumerable<string> items) => List(items, static item => JsonValue.Create(item));

    public static JsonArray Ignored(IEnumerable<UnknownKind> kinds) =>
        List(kinds, static kind => Object([("apiVersion", kind.ApiVersion), ("kind", kind.Kind), ("objects", kind.Count)]));

    public static JsonObject Pod(Pod pod) => Object([("namespace", pod.Metadata.Namespace), ("name", pod.Metadata.Name)]);

    public static JsonObject Placement(PodPlacement pod) => Object(
    [
        ("namespace", pod.Pod.Metadata.Namespace), ("name", pod.Pod.Metadata.Name), ("source", pod.Source), ("node", pod.Result.NodeName), ("failure", Failure(pod.Result)),
    ]);

    public static JsonObject? Failure(SchedulingResult? result) => result is null or { IsScheduled: true }
        ? null
        : Object([("outcome", result.Outcome.ToString()), ("message", result.Message), ("reasons", List(result.Reasons, static reason => Object([("reason", reason.Reason), ("nodes", reason.Nodes)])))]);

    public static JsonArray Utilization(IEnumerable<NodeUtilization> nodes) => List(nodes, static node => JsonSerializer.SerializeToNode(NodeUtilizationJson.Of(node), OutputJson.Readable.NodeUtilizationJson));

    public static string Text(JsonObject document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            document.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Add(JsonObject document, string name, JsonNode? value)
    {
        if (value is not null)
        {
            document.Add(name, value);
        }
    }
}
