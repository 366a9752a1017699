using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Protobuf;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Bodies of requests.</content>
internal sealed partial class ApiServerCore
{
    private const string JsonType = "application/json";
    private const string YamlType = "application/yaml";
    private const string ProtobufType = "application/vnd.kubernetes.protobuf";
    private const string BodyTypes = $"{JsonType}, {YamlType}, {ProtobufType}";

    // How Go prints the type that it reads kind and version into.
    private const string TypeMetaStruct =
        "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";

    private static ReadOnlySpan<byte> ProtobufPrefix => "k8s\0"u8;

    /// <summary>Reads the body of a create or an update.</summary>
    private ApiStatus? ReadBody(RequestScope scope, out JsonNode? body)
    {
        body = null;
        var error = ReadDocument(scope.Request, out body, out var refusal);
        if (refusal is not null)
        {
            return refusal;
        }

        if (error is not null)
        {
            return StatusErrors.BadRequest(
                $"the object provided is unrecognized (must be of type {scope.Resource.Type.Kind}): {error} ({Sample(scope.Request.Body.Span)})");
        }

        if (scope.Resource.Type is { Group: "apps", Plural: "controllerrevisions" })
        {
            scope.Context.SentRaw = RawMember.Of(scope.Request.Body.Span, "data");
        }

        scope.SentName = (body as JsonObject).Object("metadata").Text("name");
        return null;
    }

    /// <summary>Reads a document in the language that its Content-Type tells.</summary>
    /// <returns>What is wrong with its syntax; null if nothing is.</returns>
    private string? ReadDocument(ApiRequest request, out JsonNode? document, out ApiStatus? refusal)
    {
        document = null;
        refusal = request.Body.Length > MaxBody ? Refusals.TooLarge : null;
        if (refusal is not null)
        {
            return null;
        }

        switch (MediaRange.TypeOf(request.Header("content-type")))
        {
            case "" or JsonType:
                return ReadJson(request.Body.Span, out document);
            case YamlType when _options.ReadYaml is { } readYaml:
                return ReadYaml(readYaml, request.Body, out document);
            case ProtobufType:
                return ReadProtobuf(request.Body.Span, out document);
            default:
                refusal = Refusals.UnknownBody(BodyTypes);
                return null;
        }
    }

    private static string? ReadJson(ReadOnlySpan<byte> body, out JsonNode? document)
    {
        if (GoJson.TryParse(body, out document) is { } error)
        {
            return $"couldn't get version/kind; json parse error: {error}";
        }

        if (document is not (null or JsonObject))
        {
            return $"couldn't get version/kind; json parse error: json: cannot unmarshal {GoJson.KindWord(document)} into Go value of type {TypeMetaStruct}";
        }

        return null;
    }

    private static string? ReadYaml(Func<ReadOnlyMemory<byte>, JsonNode?> read, ReadOnlyMemory<byte> body, out JsonNode? document)
    {
        document = null;
        try
        {
            document = read(body);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static string? ReadProtobuf(ReadOnlySpan<byte> body, out JsonNode? document)
    {
        document = null;
        if (!body.StartsWith(ProtobufPrefix))
        {
            return "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]";
        }

        if (!ProtobufBody.TryRead(body, out var tree, out var problem))
        {
            return problem;
        }

        document = tree;
        return null;
    }

    /// <summary>The first bytes of a body, as text where they are text without JSON's own characters.</summary>
    private static string Sample(ReadOnlySpan<byte> body)
    {
        const int Length = 30;
        if (body.IsEmpty)
        {
            return "<empty>";
        }

        var start = body[..Math.Min(body.Length, Length)];
        var suffix = body.Length > Length ? " ..." : "";
        foreach (var value in start)
        {
            if (value >= 0x80 || value < 0x20)
            {
                return HexOf(start) + suffix;
            }
        }

        return body[0] == (byte)'{' ? Encoding.UTF8.GetString(start) + suffix : HexOf(start) + suffix;
    }

    private static string HexOf(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (var value in bytes)
        {
            text.Append(value.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
