using System.Globalization;
using System.Text;
using K124.Sim.Kinds.Discovery;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Schema documents over HTTP: 1.24 hands them out like files, types guessed from content and all.</content>
internal sealed partial class ApiServerCore
{
    private const string OpenApi2Protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    private const string OpenApi3Protobuf = "application/com.github.proto-openapi.spec.v3@v1.0+protobuf";
    private const string Bytes = "application/octet-stream";

    private ApiResponse? OpenApi(ApiRequest request, string[] parts) => parts switch
    {
        ["openapi", "v2"] => Negotiated(request, OpenApi2Protobuf, static (document, isProtobuf) => isProtobuf ? document.Protobuf : document.Json, Documents.Version2),
        ["openapi", "v3"] => Index(request),
        ["openapi", "v3", .. var path] => Version3(request, string.Join('/', path)),
        _ => null,
    };

    /// <summary>The index is written at the moment it is asked for, so it is new unless the client has it from this very second.</summary>
    private ApiResponse Index(ApiRequest request)
    {
        var now = HttpTime(UtcNow);
        var isKnown = DateTimeOffset.TryParseExact(
            request.Header("if-modified-since"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            && since >= ApiTimes.Whole(UtcNow);
        var response = isKnown
            ? new ApiResponse { Code = 304 }
            : new ApiResponse { Code = 200, ContentType = ApiResponse.PlainText, Tree = Documents.Version3Index() };
        response.Headers.Add(("Last-Modified", now));
        return response;
    }

    private ApiResponse Version3(ApiRequest request, string path)
    {
        if (Documents.Version3(path) is not { } document)
        {
            return new() { Code = 404 };
        }

        var query = new RequestQuery(request.Query);
        if (query.Has("hash") && query["hash"] != document.Hash)
        {
            var location = $"/openapi/v3/{path}?hash={document.Hash}";
            var moved = new ApiResponse
            {
                Code = 301,
                ContentType = "text/html; charset=utf-8",
                Body = Encoding.UTF8.GetBytes($"<a href=\"{location}\">Moved Permanently</a>.\n\n"),
            };
            moved.Headers.Add(("Location", location));
            return moved;
        }

        var response = Negotiated(request, OpenApi3Protobuf, static (document, isProtobuf) => isProtobuf ? document.Protobuf : document.Json, document);
        if (response.Code == 406)
        {
            return response;
        }

        response.Headers.Add(("Vary", "Accept"));
        if (query.Has("hash"))
        {
            // The hash names the content, so whoever has it has it for good.
            response.Headers.Add(("Cache-Control", "public, immutable"));
            response.Headers.Add(("Expires", HttpTime(UtcNow.AddYears(1))));
        }

        return response;
    }

    private ApiResponse Negotiated(ApiRequest request, string protobufType, Func<OpenApiDocument, bool, ReadOnlyMemory<byte>> body, OpenApiDocument document)
    {
        if (Wanted(request.Header("accept"), protobufType) is not { } isProtobuf)
        {
            return new() { Code = 406 };
        }

        var isKnown = request.Header("if-none-match") == document.ETag;
        var response = new ApiResponse
        {
            Code = isKnown ? 304 : 200,
            ContentType = isProtobuf ? Bytes : ApiResponse.PlainText,
            Body = isKnown ? ReadOnlyMemory<byte>.Empty : body(document, isProtobuf),
        };
        response.Headers.Add(("Etag", document.ETag));
        response.Headers.Add(("Last-Modified", HttpTime(_started)));
        return response;
    }

    /// <summary>Whether protobuf is wanted; null if nothing is that there is.</summary>
    private static bool? Wanted(string accept, string protobufType)
    {
        if (accept.Length == 0)
        {
            return false;
        }

        foreach (var range in MediaRange.Parse(accept))
        {
            if (range.Type == protobufType)
            {
                return true;
            }

            if (range.Type is JsonType or "application/*" or "*/*")
            {
                return false;
            }
        }

        return null;
    }

    private static string HttpTime(DateTimeOffset time) => time.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture);
}
