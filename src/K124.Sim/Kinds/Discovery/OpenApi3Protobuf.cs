using System.Text.Json.Nodes;
using K124.Sim.Kinds.Protobuf;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Discovery;

/// <summary>Writes an OpenAPI 3.0 document in protobuf (messages of the gnostic project).</summary>
internal static class OpenApi3Protobuf
{
    private const string Schemas = "#/components/schemas/";

    private static readonly string[] Methods = ["", "", "", "", "get", "put", "post", "delete", "options", "head", "patch"];

    /// <summary>Writes a document.</summary>
    public static byte[] Encode(JsonObject document)
    {
        var info = document.Object("info");
        var paths = new ProtoWriter();
        foreach (var (name, item) in document.Object("paths") ?? [])
        {
            paths.Message(1, Named(name, PathItem((JsonObject)item!)));
        }

        var schemas = new ProtoWriter();
        foreach (var (name, schema) in document.Object("components", "schemas") ?? [])
        {
            schemas.Message(1, Named(name, SchemaOrReference((JsonObject)schema!)));
        }

        return new ProtoWriter().Text(1, document.Text("openapi"))
            .Message(2, new ProtoWriter().Text(1, info.Text("title")).Text(6, info.Text("version")))
            .Message(4, paths)
            .Message(5, new ProtoWriter().Message(1, schemas))
            .ToArray();
    }

    private static ProtoWriter Named(string name, ProtoWriter value) => new ProtoWriter().Text(1, name).Message(2, value);

    private static ProtoWriter PathItem(JsonObject item)
    {
        var result = new ProtoWriter();
        for (var field = 4; field < Methods.Length; field++)
        {
            if (item.Object(Methods[field]) is { } operation)
            {
                result.Message(field, Operation(operation));
            }
        }

        return AddParameters(result, 13, item);
    }

    private static ProtoWriter AddParameters(ProtoWriter result, int field, JsonObject source)
    {
        foreach (var parameter in source.Objects("parameters"))
        {
            var written = new ProtoWriter().Text(1, parameter.Text("name")).Text(2, parameter.Text("in")).Text(3, parameter.Text("description"))
                .Flag(4, parameter.Flag("required"));
            result.Message(field, new ProtoWriter().Message(1, parameter.Object("schema") is { } schema ? written.Message(10, SchemaOrReference(schema)) : written));
        }

        return result;
    }

    private static ProtoWriter Operation(JsonObject operation)
    {
        var result = new ProtoWriter();
        foreach (var tag in operation.Texts("tags"))
        {
            result.Text(1, tag);
        }

        AddParameters(result.Text(3, operation.Text("description")).Text(5, operation.Text("operationId")), 6, operation);
        if (operation.Object("requestBody") is { } body)
        {
            result.Message(7, new ProtoWriter().Message(1, new ProtoWriter().Message(2, Content(body)).Flag(3, body.Flag("required"))));
        }

        var responses = new ProtoWriter();
        foreach (var (code, response) in operation.Object("responses") ?? [])
        {
            var answer = (JsonObject)response!;
            var written = new ProtoWriter().Text(1, answer.Text("description")).Message(3, Content(answer));
            responses.Message(2, Named(code, new ProtoWriter().Message(1, written)));
        }

        return AddExtensions(result.Message(8, responses), 13, operation);
    }

    private static ProtoWriter? Content(JsonObject holder)
    {
        if (holder.Object("content") is not { } content)
        {
            return null;
        }

        var result = new ProtoWriter();
        foreach (var (media, value) in content)
        {
            var schema = ((JsonObject)value!).Object("schema");
            result.Message(1, Named(media, schema is null ? new() : new ProtoWriter().Message(1, SchemaOrReference(schema))));
        }

        return result;
    }

    private static ProtoWriter SchemaOrReference(JsonObject schema) => schema.Text("$ref") is { Length: > 0 } reference
        ? new ProtoWriter().Message(2, new ProtoWriter().Text(1, reference.Contains('/', StringComparison.Ordinal) ? reference : Schemas + reference))
        : new ProtoWriter().Message(1, Schema(schema));

    private static ProtoWriter Schema(JsonObject schema)
    {
        var result = new ProtoWriter().Flag(1, schema.Flag("nullable"))
            .Real(10, Real(schema["multipleOf"])).Real(11, Real(schema["maximum"])).Flag(12, schema.Flag("exclusiveMaximum"))
            .Real(13, Real(schema["minimum"])).Flag(14, schema.Flag("exclusiveMinimum"))
            .Number(15, schema.Number("maxLength")).Number(16, schema.Number("minLength")).Text(17, schema.Text("pattern"))
            .Number(18, schema.Number("maxItems")).Number(19, schema.Number("minItems")).Flag(20, schema.Flag("uniqueItems"))
            .Number(21, schema.Number("maxProperties")).Number(22, schema.Number("minProperties"));
        foreach (var name in schema.Texts("required"))
        {
            result.Text(23, name);
        }

        foreach (var value in schema.List("enum") ?? [])
        {
            result.Message(24, Yaml(value));
        }

        result.Text(25, schema.Text("type"));
        AddChoices(AddChoices(AddChoices(result, 26, schema, "allOf"), 27, schema, "oneOf"), 28, schema, "anyOf");
        if (schema.Object("items") is { } items)
        {
            result.Message(30, new ProtoWriter().Message(1, SchemaOrReference(items)));
        }

        return AddExtensions(AddMembers(result, schema).Text(34, schema.Text("description")).Text(35, schema.Text("format")), 36, schema);
    }

    private static ProtoWriter AddMembers(ProtoWriter result, JsonObject schema)
    {
        if (schema.Object("properties") is { } properties)
        {
            var members = new ProtoWriter();
            foreach (var (name, property) in properties)
            {
                members.Message(1, Named(name, SchemaOrReference((JsonObject)property!)));
            }

            result.Message(31, members);
        }

        if (schema.Object("additionalProperties") is { } additional)
        {
            result.Message(32, new ProtoWriter().Message(1, SchemaOrReference(additional)));
        }
        else if (schema.Flag("additionalProperties"))
        {
            result.Message(32, new ProtoWriter().Flag(2, true));
        }

        return result;
    }

    private static ProtoWriter AddChoices(ProtoWriter result, int field, JsonObject schema, string member)
    {
        foreach (var choice in schema.Objects(member))
        {
            result.Message(field, SchemaOrReference(choice));
        }

        return result;
    }

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

    private static double Real(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? GoJson.ToDouble(value) : 0;

    // Free values travel as YAML text; JSON is YAML.
    private static ProtoWriter Yaml(JsonNode? value) => new ProtoWriter().Text(2, GoJson.Write(value) + "\n");
}
