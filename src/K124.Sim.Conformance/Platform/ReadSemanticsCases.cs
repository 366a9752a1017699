using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.ControlPlane;
using K124.Sim.ControlPlane.Serving;

namespace K124.Sim.Conformance.Platform;

/// <summary>Gets, lists and watches at versions of all kinds, in one small world.</summary>
internal sealed class ReadSemanticsCases
{
    private const string Path = "/api/v1/namespaces/default/configmaps";
    private const int Objects = 12;
    private const int FarAhead = 100_000;
    private const int FirstPageItems = 3;

    private static readonly ImmutableSortedDictionary<string, string> Headers =
        ImmutableSortedDictionary<string, string>.Empty.Add("authorization", "Bearer admin").Add("content-type", "application/json");

    private readonly ApiServerCore _server = new(new ObjectStore());
    private readonly Dictionary<string, string> _versions = new(StringComparer.Ordinal) { ["bad"] = "abc" };

    private ReadSemanticsCases()
    {
        // The server's cache listed its objects when what a fresh cluster brings along was there already.
        _server.Store.RestartWatches();
        for (var i = 0; i < Objects; i++)
        {
            var version = Write("POST", "", $"o{i}", i.ToString(CultureInfo.InvariantCulture));
            if (i is 0 or 7)
            {
                _versions[i == 0 ? "first" : "mid"] = version;
            }
        }

        foreach (var i in (ReadOnlySpan<int>)[0, 3, 6, 9])
        {
            Write("PUT", $"/o{i}", $"o{i}", "u");
        }

        Ask("DELETE", "/o1", "");
        _versions["last"] = Current.ToString(CultureInfo.InvariantCulture);
        _versions["future"] = (Current + FarAhead).ToString(CultureInfo.InvariantCulture);
    }

    private long Current => _server.Store.Revision;

    public static CaseOutcome Verify(RecordedCase testCase) =>
        CaseJson.Compare(testCase, testCase.File.Keep(() => new ReadSemanticsCases()).Answer(testCase.Json.GetProperty("request"), testCase.Expect));

    private JsonObject Answer(JsonElement request, JsonElement recorded)
    {
        var verb = request.Text("verb");
        var query = new List<string>();
        foreach (var name in (ReadOnlySpan<string>)["resourceVersion", "resourceVersionMatch", "limit", "continue"])
        {
            if (request.Member(name) is { } value)
            {
                query.Add($"{name}={Uri.EscapeDataString(Value(name, value.ToString()))}");
            }
        }

        if (verb == "watch")
        {
            query.Add("watch=true");
        }

        var response = Ask("GET", verb == "get" ? "/o2" : "", string.Join('&', query));
        if (response.Watch is { } watch)
        {
            return new() { ["events"] = Events(watch, recorded) };
        }

        var body = JsonNode.Parse(response.Body.Span)!.AsObject();
        if (response.Code >= 400)
        {
            return Error(body, recorded);
        }

        return verb == "get" ? new() { ["item"] = (string)body["metadata"]!["name"]! } : List(body, request, recorded);
    }

    private string Value(string name, string text)
    {
        if (name == "continue" && text.StartsWith("token of", StringComparison.Ordinal))
        {
            return (string)FirstPage()["metadata"]!["continue"]!;
        }

        return name == "resourceVersion" ? _versions.GetValueOrDefault(text, text) : text;
    }

    private JsonObject FirstPage() => JsonNode.Parse(Ask("GET", "", $"limit={FirstPageItems}").Body.Span)!.AsObject();

    private JsonObject List(JsonObject body, JsonElement request, JsonElement recorded)
    {
        var metadata = body["metadata"]!;
        string[] items = [.. body["items"]!.AsArray().Select(item => Item(item!))];
        return new()
        {
            ["items"] = InRecordedOrder(items, recorded),
            ["listRV"] = VersionName((string)metadata["resourceVersion"]!, request, recorded),
            ["continue"] = metadata["continue"] is not null,
            ["remainingItemCount"] = metadata["remainingItemCount"]?.DeepClone(),
        };
    }

    /// <summary>What comes from a cache comes in any order, and is compared as a set.</summary>
    private static JsonArray InRecordedOrder(string[] items, JsonElement recorded)
    {
        string[] known = [.. recorded.Texts("items")];
        var isOrdered = known.Order(StringComparer.Ordinal).SequenceEqual(known, StringComparer.Ordinal);
        return CaseJson.Array(!isOrdered && known.ToHashSet(StringComparer.Ordinal).SetEquals(items) ? known : items);
    }

    private string VersionName(string version, JsonElement request, JsonElement recorded) => recorded.Text("listRV") switch
    {
        "asked" when version == Value("resourceVersion", request.Text("resourceVersion")) => "asked",
        "current" when long.Parse(version, CultureInfo.InvariantCulture) == Current => "current",
        "ofFirstPage" when version == (string)FirstPage()["metadata"]!["resourceVersion"]! => "ofFirstPage",
        _ => version,
    };

    private static JsonObject Error(JsonObject body, JsonElement recorded)
    {
        var status = StatusOf(body);

        // A server that waited for its cache in vain says so by asking to come again in a second; one that asked its store does not.
        return new()
        {
            ["error"] = RecordedRefusal.Node(status, recorded.Member("error") ?? default),
            ["waitedAbout3s"] = status is { Code: 504, Details.RetryAfterSeconds: > 0 },
        };
    }

    private static ApiStatus StatusOf(JsonNode body)
    {
        var details = body["details"] as JsonObject;
        return new()
        {
            Code = (int)body["code"]!,
            Reason = (string?)body["reason"] ?? "",
            Message = (string?)body["message"] ?? "",
            Details = details is null ? null : new()
            {
                Causes =
                [
                    .. (details["causes"]?.AsArray() ?? []).Select(cause =>
                        new ApiStatusCause((string?)cause!["reason"] ?? "", (string?)cause["message"] ?? "", (string?)cause["field"] ?? "")),
                ],
                RetryAfterSeconds = (int?)details["retryAfterSeconds"] ?? 0,
            },
        };
    }

    private static JsonArray Events(WatchStream watch, JsonElement recorded)
    {
        var events = new JsonArray();
        JsonElement[] known = [.. recorded.Items("events")];
        while (watch.TryRead(out var told))
        {
            var item = told["object"]!;
            events.Add((JsonNode)((string)told["type"]! == "ERROR"
                ? new JsonObject
                {
                    ["type"] = "ERROR",
                    ["error"] = RecordedRefusal.Node(StatusOf(item), known.Length > 0 ? known[0].Member("error") ?? default : default),
                }
                : new() { ["type"] = (string)told["type"]!, ["item"] = Item(item) }));
        }

        return events;
    }

    private static string Item(JsonNode item) => $"{item["metadata"]!["name"]}={item["data"]!["k"]}";

    private string Write(string method, string path, string name, string value)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["data"] = new JsonObject { ["k"] = value },
        };
        var response = _server.Handle(new()
        {
            Method = method,
            Path = Path + path,
            Headers = Headers,
            Body = Encoding.UTF8.GetBytes(body.ToJsonString()),
        });
        return (string)JsonNode.Parse(response.Body.Span)!["metadata"]!["resourceVersion"]!;
    }

    private ApiResponse Ask(string method, string path, string query) =>
        _server.Handle(new() { Method = method, Path = Path + path, Query = query, Headers = Headers });
}
