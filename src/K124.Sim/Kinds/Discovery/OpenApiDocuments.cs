using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.CustomResources;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Discovery;

/// <summary>The schema documents of a server. They depend on what is served alone, so a server keeps them until that changes.</summary>
/// <param name="gitVersion">Version that the documents tell, for example <c>v1.24.0</c>.</param>
/// <param name="builtIn">The built-in resources that are served.</param>
/// <param name="custom">The definitions whose objects are served.</param>
internal sealed class OpenApiDocuments(string gitVersion, IReadOnlyCollection<ResourceType> builtIn, IReadOnlyCollection<CustomResourceDefinition> custom)
{
    private readonly Dictionary<string, OpenApiDocument> _documents = new(StringComparer.Ordinal);
    private OpenApiDocument? _version2;

    /// <summary>The document of <c>/openapi/v2</c>.</summary>
    public OpenApiDocument Version2 => _version2 ??= OpenApiDocument.Of(MakeVersion2());

    /// <summary>What <c>/openapi/v3</c> answers: the documents by path, each with its hash.</summary>
    public JsonObject Version3Index()
    {
        var paths = new JsonObject();
        foreach (var path in Paths())
        {
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={Version3(path)!.Hash}" };
        }

        return new() { ["paths"] = paths };
    }

    /// <summary>The document of <c>/openapi/v3/PATH</c>; null if there is none.</summary>
    /// <param name="path">For example <c>api/v1</c> or <c>apis/apps/v1</c>.</param>
    public OpenApiDocument? Version3(string path)
    {
        if (_documents.TryGetValue(path, out var document))
        {
            return document;
        }

        if (!Paths().Contains(path, StringComparer.Ordinal))
        {
            return null;
        }

        var isOfVersion = path == "api/v1" || path.Count(static c => c == '/') == 2;
        document = OpenApiDocument.Of(isOfVersion ? MakeVersion3(path == "api/v1" ? "v1" : path["apis/".Length..]) : MakeRoot(path));
        _documents.Add(path, document);
        return document;
    }

    // Built-in groups have a document of their own besides those of their versions; groups of custom resources have none.
    private IEnumerable<string> Paths() => builtIn.Select(static r => r.ApiVersion)
        .Concat(custom.SelectMany(static d => d.ServedVersions.Select(v => $"{d.Group}/{v.Name}")))
        .Select(static v => v == "v1" ? "api/v1" : "apis/" + v)
        .Concat(builtIn.Where(static r => r.Group.Length > 0).Select(static r => "apis/" + r.Group))
        .Concat(["api", "apis", "version"])
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    private JsonObject MakeVersion2()
    {
        var schemas = new OpenApiSchemas(OpenApiForm.V2);
        var definitions = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (name, schema) in schemas.All())
        {
            definitions[name] = schema;
        }

        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        AddBuiltIn(paths, static _ => true, OpenApiForm.V2);
        AddCustom(definitions, paths, static _ => true, OpenApiForm.V2);
        return new()
        {
            ["swagger"] = "2.0",
            ["info"] = Info(),
            ["paths"] = Tree(paths),
            ["definitions"] = Tree(definitions),
            ["securityDefinitions"] = new JsonObject
            {
                ["BearerToken"] = new JsonObject
                {
                    ["description"] = "Bearer Token authentication",
                    ["type"] = "apiKey",
                    ["name"] = "authorization",
                    ["in"] = "header",
                },
            },
            ["security"] = new JsonArray(new JsonObject { ["BearerToken"] = new JsonArray() }),
        };
    }

    /// <summary>The document of a path that tells what there is, and of the version.</summary>
    private JsonObject MakeRoot(string path)
    {
        var answer = path switch
        {
            "version" => "io.k8s.apimachinery.pkg.version.Info",
            "api" => "io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions",
            "apis" => "io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList",
            _ => "io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup",
        };
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal) { [$"/{path}/"] = new OpenApiPaths(OpenApiForm.V3).Reading(answer) };
        var definitions = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        AddReached(definitions, paths);
        return Version3Of(paths, definitions);
    }

    private JsonObject MakeVersion3(string apiVersion)
    {
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var definitions = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        AddBuiltIn(paths, v => v == apiVersion, OpenApiForm.V3);
        AddCustom(definitions, paths, v => v == apiVersion, OpenApiForm.V3);
        AddReached(definitions, paths);
        return Version3Of(paths, definitions);
    }

    private JsonObject Version3Of(SortedDictionary<string, JsonObject> paths, SortedDictionary<string, JsonObject> definitions) => new()
    {
        ["openapi"] = "3.0.0",
        ["info"] = Info(),
        ["paths"] = Tree(paths),
        ["components"] = new JsonObject { ["schemas"] = Tree(definitions) },
    };

    private void AddBuiltIn(SortedDictionary<string, JsonObject> paths, Func<string, bool> isWanted, OpenApiForm form)
    {
        var operations = new OpenApiPaths(form);
        foreach (var resource in builtIn.Where(r => r.Schema is not null && isWanted(r.ApiVersion)))
        {
            foreach (var (path, item) in operations.Of(resource, OpenApiNames.Of(resource.Schema!)))
            {
                paths[path] = item;
            }
        }
    }

    private void AddCustom(
        SortedDictionary<string, JsonObject> definitions, SortedDictionary<string, JsonObject> paths, Func<string, bool> isWanted, OpenApiForm form)
    {
        var operations = new OpenApiPaths(form);
        foreach (var definition in custom)
        {
            foreach (var version in definition.ServedVersions.Where(v => isWanted($"{definition.Group}/{v.Name}")))
            {
                var name = OpenApiNames.OfCustom(definition.Group, version.Name, definition.Kind);
                definitions[name] = CustomOpenApi.Definition(definition, version, form);
                definitions[name + "List"] = CustomOpenApi.ListDefinition(definition, version, form);
                foreach (var (path, item) in operations.Of(definition.ResourceOf(version), name))
                {
                    paths[path] = item;
                }
            }
        }
    }

    // A document holds the schemas that its operations lead to, and no others.
    private static void AddReached(SortedDictionary<string, JsonObject> definitions, SortedDictionary<string, JsonObject> paths)
    {
        var schemas = new OpenApiSchemas(OpenApiForm.V3);
        var open = new Stack<JsonNode>(paths.Values.Concat(definitions.Values));
        while (open.TryPop(out var node))
        {
            if (node is JsonObject map && map["$ref"] is JsonValue reference)
            {
                var name = reference.GetValue<string>()["#/components/schemas/".Length..];
                if (!definitions.ContainsKey(name))
                {
                    var schema = schemas.Definition(name);
                    definitions[name] = schema;
                    open.Push(schema);
                }
            }

            foreach (var child in node is JsonObject members ? members.Select(static m => m.Value) : (IEnumerable<JsonNode?>)((node as JsonArray) ?? []))
            {
                if (child is JsonObject or JsonArray)
                {
                    open.Push(child);
                }
            }
        }
    }

    private JsonObject Info() => new() { ["title"] = "Kubernetes", ["version"] = gitVersion };

    private static JsonObject Tree(SortedDictionary<string, JsonObject> members) =>
        new(members.Select(static m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value)));
}

/// <summary>A schema document as it is sent.</summary>
/// <param name="Tree">The document.</param>
/// <param name="Json">The document as JSON text in UTF-8.</param>
/// <param name="Hash">Hash of the text, as it stands in paths; in quotes it is the entity tag.</param>
internal sealed record OpenApiDocument(JsonObject Tree, ReadOnlyMemory<byte> Json, string Hash)
{
    private ReadOnlyMemory<byte>? _protobuf;

    /// <summary>The entity tag.</summary>
    public string ETag => $"\"{Hash}\"";

    /// <summary>The document in its protobuf form.</summary>
    public ReadOnlyMemory<byte> Protobuf => _protobuf ??= Tree.ContainsKey("swagger") ? OpenApiProtobuf.Encode(Tree) : OpenApi3Protobuf.Encode(Tree);

    /// <summary>Makes a document.</summary>
    public static OpenApiDocument Of(JsonObject tree)
    {
        var json = Encoding.UTF8.GetBytes(GoJson.Write(tree));
        return new(tree, json, Convert.ToHexString(SHA512.HashData(json)));
    }
}
