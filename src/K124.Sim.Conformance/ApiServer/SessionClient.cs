using System.Text.Json.Nodes;
using K124.Sim.ControlPlane.Serving;

namespace K124.Sim.Conformance.ApiServer;

/// <summary>A program whose session was recorded, in so far as its requests hang on answers that were not: it keeps schema documents
/// with their tags, and asks for them by the hashes that the server's index names.</summary>
internal sealed class SessionClient(string userAgent)
{
    private const string Schemas = "/openapi/";
    private const string Index = "/openapi/v3";

    private readonly Dictionary<string, (string? Tag, string? Modified)> _known = new(StringComparer.Ordinal);
    private JsonObject? _index;

    public string UserAgent => userAgent;

    /// <summary>What others do meanwhile.</summary>
    public SessionWorld? World { get; init; }

    /// <summary>Headers that tell who the current command speaks for; they were not recorded, but the command line was.</summary>
    public IReadOnlyList<(string Name, string Value)> Identity { get; private set; } = [];

    /// <summary>Begins a command.</summary>
    public void Begin(string command)
    {
        const string As = "--as=";
        Identity = [.. command.Split(' ').Where(word => word.StartsWith(As, StringComparison.Ordinal)).Select(word => ("impersonate-user", word[As.Length..]))];
    }

    /// <summary>The request with what the program remembered.</summary>
    public ApiRequest WithCache(ApiRequest request, JsonObject expect)
    {
        if (!request.Path.StartsWith(Schemas, StringComparison.Ordinal))
        {
            return request;
        }

        var headers = request.Headers;
        if (expect["status"]?.GetValue<int>() == 304 && _known.TryGetValue(request.Path, out var known))
        {
            headers = known.Tag is { } tag ? headers.SetItem("if-none-match", tag) : headers;
            headers = known.Modified is { } modified ? headers.SetItem("if-modified-since", modified) : headers;
        }

        return request with { Headers = headers, Query = WithHash(request) };
    }

    public void Remember(ApiRequest request, ApiResponse response)
    {
        if (!request.Path.StartsWith(Schemas, StringComparison.Ordinal) || response.Code != 200)
        {
            return;
        }

        _known[request.Path] = (response.Header("Etag"), response.Header("Last-Modified"));
        if (request.Path == Index)
        {
            _index = JsonNode.Parse(response.Body.Span) as JsonObject;
        }
    }

    /// <summary>What was recorded without what hangs on the machine of the recording: the build of its server, the port it listened on,
    /// and how much had happened before.</summary>
    public static JsonNode? WithoutSetUp(string path, JsonNode? expected, JsonNode? actual)
    {
        if (path.StartsWith("/version", StringComparison.Ordinal) && expected is JsonObject stamps)
        {
            return new JsonObject(stamps.Select(stamp => KeyValuePair.Create(stamp.Key, (JsonNode?)"$any")));
        }

        TakeOver(expected, actual);
        return expected;
    }

    private static void TakeOver(JsonNode? expected, JsonNode? actual)
    {
        switch (expected, actual)
        {
            case (JsonObject members, JsonObject others):
                if (IsVersion(members["resourceVersion"]) && IsVersion(others["resourceVersion"]))
                {
                    members["resourceVersion"] = "$any";
                }

                if (members["port"]?.ToJsonString() == "443" && members["targetPort"] is JsonValue && others["targetPort"] is JsonValue port)
                {
                    members["targetPort"] = port.DeepClone();
                }

                foreach (var (name, value) in members)
                {
                    TakeOver(value, others[name]);
                }

                break;
            case (JsonArray items, JsonArray others) when items.Count == others.Count:
                for (var i = 0; i < items.Count; i++)
                {
                    TakeOver(items[i], others[i]);
                }

                break;
        }
    }

    // Versions of what was there before the session have no symbols.
    private static bool IsVersion(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 && text.All(char.IsAsciiDigit);

    private string WithHash(ApiRequest request)
    {
        if (!request.Query.StartsWith("hash=", StringComparison.Ordinal) || _index?["paths"]?[request.Path[(Index.Length + 1)..]] is not { } entry)
        {
            return request.Query;
        }

        var url = entry["serverRelativeURL"]!.GetValue<string>();
        var rest = request.Query.IndexOf('&', StringComparison.Ordinal);
        return url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..] + (rest < 0 ? "" : request.Query[rest..]);
    }
}
