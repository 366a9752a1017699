using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Protobuf;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Discovery;

/// <summary>Writes a Swagger document in the protobuf form that clients ask for first (messages of the gnostic project).</summary>
internal static class OpenApiProtobuf
{
    private static readonly string[] Methods = ["", "", "get", "put", "post", "delete", "options", "head", "patch"];

    /// <summary>Writes a document.</summary>
    public static byte[] Encode(JsonObject document)
    {
        var result = new ProtoWriter().Text(1, document.Text("swagger"))
            .Message(2, new ProtoWriter().Text(1, document.Object("info").Text("title")).Text(2, document.Object("info").Text("version")));
        var paths = new ProtoWriter();
        foreach (var (name, item) in document.Object("paths") ?? [])
        {
            paths.Message(2, Named(name, PathItem((JsonObject)item!)));
        }

        var definitions = new ProtoWriter();
        foreach (var (name, schema) in document.Object("definitions") ?? [])
        {
            definitions.Message(1, Named(name, Schema((JsonObject)schema!)));
        }

        return result.Message(8, paths).Message(9, definitions).ToArray();
    }

    private static ProtoWriter Named(string name, ProtoWriter value) => new ProtoWriter().Text(1, name).Message(2, value);

    private static ProtoWriter PathItem(JsonObject item)
    {
        var result = new ProtoWriter();
        for (var field = 2; field < Methods.Length; field++)
        {
            if (item.Object(Methods[field]) is { } operation)
            {
                result.Message(field, Operation(operation));
            }
        }

        foreach (var parameter in item.Objects("parameters"))
        {
            result.Message(9, new ProtoWriter().Message(1, Parameter(parameter)));
        }

        return result;
    }

    private static ProtoWriter Operation(JsonObject operation)
    {
        var result = new ProtoWriter().Text(5, operation.Text("operationId"));
        foreach (var media in operation.Texts("produces"))
        {
            result.Text(6, media);
        }

        foreach (var media in operation.Texts("consumes"))
        {
            result.Text(7, media);
        }

        foreach (var parameter in operation.Objects("parameters"))
        {
            result.Message(8, new ProtoWriter().Message(1, Parameter(parameter)));
        }

        var responses = new ProtoWriter();
        foreach (var (code, response) in operation.Object("responses") ?? [])
        {
            responses.Message(1, Named(code, new ProtoWriter().Message(1, Response((JsonObject)response!))));
        }

        return AddExtensions(result.Message(9, responses), 13, operation);
    }

    private static ProtoWriter Response(JsonObject response)
    {
        var result = new ProtoWriter().Text(1, response.Text("description"));
        return response.Object("schema") is { } schema ? result.Message(2, new ProtoWriter().Message(1, Schema(schema))) : result;
    }

    private static ProtoWriter Parameter(JsonObject parameter)
    {
        if (parameter.Text("in") == "body")
        {
            return new ProtoWriter().Message(1, new ProtoWriter().Text(2, parameter.Text("name")).Text(3, "body")
                .Flag(4, parameter.Flag("required")).Message(5, Schema(parameter.Object("schema")!)));
        }

        var other = new ProtoWriter();
        if (parameter.Text("in") == "path")
        {
            other.Message(4, new ProtoWriter().Flag(1, parameter.Flag("required")).Text(2, "path").Text(4, parameter.Text("name")).Text(5, parameter.Text("type")));
        }
        else
        {
            other.Message(3, new ProtoWriter().Flag(1, parameter.Flag("required")).Text(2, "query").Text(4, parameter.Text("name")).Text(6, parameter.Text("type")));
        }

        return new ProtoWriter().Message(2, other);
    }

    private static ProtoWriter Schema(JsonObject schema)
    {
        var result = new ProtoWriter().Text(1, schema.Text("$ref")).Text(2, schema.Text("format")).Text(4, schema.Text("description"));
        AddLimits(result, schema);
        foreach (var name in schema.Texts("required"))
        {
            result.Text(19, name);
        }

        foreach (var value in schema.List("enum") ?? [])
        {
            result.Message(20, Yaml(value));
        }

        if (schema.Object("additionalProperties") is { } additional)
        {
            result.Message(21, new ProtoWriter().Message(1, Schema(additional)));
        }
        else if (schema.Flag("additionalProperties"))
        {
            result.Message(21, new ProtoWriter().Flag(2, true));
        }

        if (schema.Text("type") is { Length: > 0 } type)
        {
            result.Message(22, new ProtoWriter().Text(1, type));
        }

        if (schema.Object("items") is { } items)
        {
            result.Message(23, new ProtoWriter().Message(1, Schema(items)));
        }

        if (schema.Object("properties") is { } properties)
        {
            var members = new ProtoWriter();
            foreach (var (name, property) in properties)
            {
                members.Message(1, Named(name, Schema((JsonObject)property!)));
            }

            result.Message(25, members);
        }

        return AddExtensions(result, 31, schema);
    }

    private static void AddLimits(ProtoWriter result, JsonObject schema) => result
        .Real(6, Real(schema["multipleOf"])).Real(7, Real(schema["maximum"])).Flag(8, schema.Flag("exclusiveMaximum"))
        .Real(9, Real(schema["minimum"])).Flag(10, schema.Flag("exclusiveMinimum"))
        .Number(11, schema.Number("maxLength")).Number(12, schema.Number("minLength")).Text(13, schema.Text("pattern"))
        .Number(14, schema.Number("maxItems")).Number(15, schema.Number("minItems")).Flag(16, schema.Flag("uniqueItems"))
        .Number(17, schema.Number("maxProperties")).Number(18, schema.Number("minProperties"));

    private static double Real(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? GoJson.ToDouble(value) : 0;

    private static ProtoWriter AddExtensions(ProtoWriter result, int field, JsonObject source)
    {
        foreach (var (name, value) in source)
        {
            if (name.StartsWith("x-", StringComparison.Ordinal))
            {
                result.Message(field, Named(name, Yaml(value)));
            }
        }

        return result;
    }

    // Free values travel as YAML text; JSON is YAML.
    private static ProtoWriter Yaml(JsonNode? value) => new ProtoWriter().Text(2, GoJson.Write(value) + "\n");
}
