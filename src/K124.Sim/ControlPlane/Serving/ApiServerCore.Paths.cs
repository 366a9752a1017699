using System.Text;
using System.Text.Json.Nodes;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Paths that name no resource.</content>
internal sealed partial class ApiServerCore
{
    private const string IssuerDocument = "{\"issuer\":\"" + Audience + "\",\"jwks_uri\":\"" + Audience + "/openid/v1/jwks\","
        + "\"response_types_supported\":[\"id_token\"],\"subject_types_supported\":[\"public\"],\"id_token_signing_alg_values_supported\":[\"RS256\"]}";

    private static readonly string[] Checks = ["ping", "log", "etcd"];

    private ApiResponse HandlePath(ApiRequest request, RequestTarget target)
    {
        var accept = request.Header("accept");
        var path = request.Path.Length > 1 && request.Path.EndsWith('/') ? request.Path[..^1] : request.Path;
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            return ApiResponse.Text(404, NotFoundText);
        }

        var parts = path.TrimStart('/').Split('/');
        switch (parts[0])
        {
            case "" when parts.Length == 1:
                return request.Method == "GET" ? ApiResponse.Of(200, Root()) : Refuse(Refusals.MethodNotAllowed, accept);
            case ".well-known" when parts is [_, "openid-configuration"]:
                return PublicDocument("application/json", IssuerDocument);
            case "openid" when parts is [_, "v1", "jwks"]:
                return PublicDocument("application/jwk-set+json", "{\"keys\":[]}");
            case "healthz" or "livez" or "readyz":
                return Health(request, parts);
            case "version" when parts.Length == 1:
                return request.Method == "GET" ? ApiResponse.Of(200, Version()) : Refuse(Refusals.MethodNotAllowed, accept);
            case "metrics" when parts.Length == 1:
                return ApiResponse.Text(200, "", isSniffable: true);
            case "api" or "apis" or "openapi":
                return Discover(request, parts) ?? Unknown(accept, parts);
            default:
                return ApiResponse.Text(404, NotFoundText);
        }
    }

    /// <summary>A path below the groups that names nothing that is served.</summary>
    private ApiResponse Unknown(string accept, string[] parts)
    {
        var isKnown = parts[0] == "api" || (parts.Length > 1 && Catalog.HasGroup(parts[1]));
        return isKnown ? Refuse(Refusals.NoSuchResource, accept) : ApiResponse.Text(404, NotFoundText);
    }

    private static ApiResponse Health(ApiRequest request, string[] parts)
    {
        var name = parts[0];
        if (parts.Length > 1)
        {
            return parts.Length == 2 && Checks.Contains(parts[1]) ? ApiResponse.Text(200, "ok", isSniffable: true) : ApiResponse.Text(404, NotFoundText);
        }

        if (!new RequestQuery(request.Query).Has("verbose"))
        {
            return ApiResponse.Text(200, "ok");
        }

        var text = new StringBuilder();
        foreach (var check in Checks)
        {
            text.Append("[+]").Append(check).Append(" ok\n");
        }

        return ApiResponse.Text(200, text.Append(name).Append(" check passed\n").ToString());
    }

    /// <summary>What may be kept for an hour: who makes the tokens of service accounts, and with which keys. Those here are not signed.</summary>
    private static ApiResponse PublicDocument(string contentType, string text)
    {
        var response = new ApiResponse { Code = 200, ContentType = contentType, Body = Encoding.UTF8.GetBytes(text) };
        response.Headers.Add(("Cache-Control", "public, max-age=3600"));
        return response;
    }

    /// <summary>The paths that the server answers to.</summary>
    private JsonObject Root()
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal)
        {
            "/.well-known/openid-configuration", "/api", "/api/v1", "/apis", "/apis/", "/healthz", "/livez", "/metrics", "/openapi/v2",
            "/openapi/v3", "/openapi/v3/", "/openid/v1/jwks", "/readyz", "/version",
        };
        foreach (var type in Served.Where(static type => type.Group.Length > 0))
        {
            paths.Add($"/apis/{type.Group}");
            paths.Add($"/apis/{type.ApiVersion}");
        }

        foreach (var check in Checks)
        {
            paths.UnionWith([$"/healthz/{check}", $"/livez/{check}", $"/readyz/{check}"]);
        }

        return new() { ["paths"] = new JsonArray([.. paths.Select(path => (JsonNode)path)]) };
    }

    private static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "24",
        ["gitVersion"] = "v1.24.0",
        ["gitCommit"] = "4ce5a8954017644c5420bae81d72b09b735c21f0",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2022-05-03T13:38:19Z",
        ["goVersion"] = "go1.18.1",
        ["compiler"] = "gc",
        ["platform"] = "linux/amd64",
    };
}
