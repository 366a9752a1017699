using System.Globalization;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Discovery;

/// <summary>Publishes the operations on a resource.</summary>
/// <param name="form">The dialect.</param>
internal sealed class OpenApiPaths(OpenApiForm form)
{
    private static readonly string[] Media = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

    private static readonly string[] PatchMedia =
        ["application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml"];

    private static readonly string[] ListQuery =
    [
        "allowWatchBookmarks:boolean", "continue", "fieldSelector", "labelSelector", "limit:integer", "resourceVersion", "resourceVersionMatch",
        "timeoutSeconds:integer", "watch:boolean",
    ];

    private static readonly string[] WriteQuery = ["dryRun", "fieldManager"];
    private static readonly string[] PatchQuery = ["dryRun", "fieldManager", "force:boolean"];
    private static readonly string[] DeleteQuery = ["dryRun", "gracePeriodSeconds:integer", "orphanDependents:boolean", "propagationPolicy"];

    /// <summary>The paths of a resource and its subresources.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="definition">Name of the definition of its objects; of its lists with "List" behind.</param>
    public IEnumerable<KeyValuePair<string, JsonObject>> Of(ResourceType resource, string definition)
    {
        var root = resource.Group.Length == 0 ? "/api/v1" : $"/apis/{resource.ApiVersion}";
        var collection = resource.IsNamespaced ? $"{root}/namespaces/{{namespace}}/{resource.Plural}" : $"{root}/{resource.Plural}";
        if (resource.IsNamespaced && resource.Verbs.Contains("list"))
        {
            yield return new($"{root}/{resource.Plural}", Item(resource, [], ("get", "list", ListQuery, "", definition + "List", "ForAllNamespaces")));
        }

        yield return new(collection, Item(resource, Parameters(resource, named: false), [.. Collection(resource, definition)]));
        if (resource.Verbs.Contains("get"))
        {
            yield return new($"{collection}/{{name}}", Item(resource, Parameters(resource, named: true), [.. Named(resource, definition)]));
        }

        foreach (var subresource in resource.Subresources.Where(static s => s is "status" or "scale" or "approval" or "ephemeralcontainers"))
        {
            var type = subresource == "scale" ? "io.k8s.api.autoscaling.v1.Scale" : definition;
            yield return new($"{collection}/{{name}}/{subresource}", Item(resource, Parameters(resource, named: true), [.. Sub(type, subresource)]));
        }
    }

    private static IEnumerable<(string Method, string Action, string[] Query, string Body, string Answer, string Suffix)> Collection(ResourceType resource, string definition)
    {
        if (resource.Verbs.Contains("list"))
        {
            yield return ("get", "list", ListQuery, "", definition + "List", "");
        }

        if (resource.Verbs.Contains("create"))
        {
            yield return ("post", "post", WriteQuery, definition, definition, "");
        }

        if (resource.Verbs.Contains("deletecollection"))
        {
            yield return ("delete", "deletecollection", [.. ListQuery.Where(static q => !q.StartsWith("allow", StringComparison.Ordinal) && !q.StartsWith("watch", StringComparison.Ordinal)), .. DeleteQuery], OpenApiNames.DeleteOptions, OpenApiNames.Status, "");
        }
    }

    private static IEnumerable<(string Method, string Action, string[] Query, string Body, string Answer, string Suffix)> Named(ResourceType resource, string definition)
    {
        yield return ("get", "get", [], "", definition, "");
        if (resource.Verbs.Contains("update"))
        {
            yield return ("put", "put", WriteQuery, definition, definition, "");
        }

        if (resource.Verbs.Contains("delete"))
        {
            yield return ("delete", "delete", DeleteQuery, OpenApiNames.DeleteOptions, OpenApiNames.Status, "");
        }

        if (resource.Verbs.Contains("patch"))
        {
            yield return ("patch", "patch", PatchQuery, OpenApiNames.Patch, definition, "");
        }
    }

    private static IEnumerable<(string Method, string Action, string[] Query, string Body, string Answer, string Suffix)> Sub(string type, string subresource)
    {
        var suffix = char.ToUpperInvariant(subresource[0]) + subresource[1..];
        yield return ("get", "get", [], "", type, suffix);
        yield return ("put", "put", WriteQuery, type, type, suffix);
        yield return ("patch", "patch", PatchQuery, OpenApiNames.Patch, type, suffix);
    }

    private JsonObject Item(
        ResourceType resource, JsonArray parameters, params ReadOnlySpan<(string Method, string Action, string[] Query, string Body, string Answer, string Suffix)> operations)
    {
        var result = new JsonObject();
        foreach (var operation in operations)
        {
            result.Add(operation.Method, Operation(resource, operation));
        }

        parameters.Add((JsonNode)Query("pretty"));
        result.Add("parameters", parameters);
        return result;
    }

    private JsonObject Operation(ResourceType resource, (string Method, string Action, string[] Query, string Body, string Answer, string Suffix) operation)
    {
        var result = new JsonObject { ["operationId"] = OperationId(resource, operation.Action, operation.Suffix) };
        var query = new JsonArray([.. operation.Query.Select(q => (JsonNode)Query(q))]);
        var isScale = operation.Suffix == "Scale";
        var consumed = operation.Action == "patch" ? PatchMedia : ["*/*"];
        if (form == OpenApiForm.V2)
        {
            result["consumes"] = Texts(consumed);
            result["produces"] = Texts(Media);
            if (operation.Body.Length > 0)
            {
                query.Insert(0, new JsonObject
                {
                    ["name"] = "body",
                    ["in"] = "body",
                    ["required"] = operation.Body != OpenApiNames.DeleteOptions,
                    ["schema"] = Schema(operation.Body),
                });
                if (operation.Body == OpenApiNames.DeleteOptions)
                {
                    query[0]!.AsObject().Remove("required");
                }
            }
        }
        else if (operation.Body.Length > 0)
        {
            result["requestBody"] = new JsonObject { ["content"] = Content(consumed, operation.Body) };
        }

        if (query.Count > 0)
        {
            result["parameters"] = query;
        }

        result["responses"] = Responses(operation.Answer, operation.Action);
        result["x-kubernetes-action"] = operation.Action;
        result["x-kubernetes-group-version-kind"] = isScale
            ? OpenApiSchemas.GroupVersionKind("autoscaling", "v1", "Scale")
            : OpenApiSchemas.GroupVersionKind(resource.Group, resource.Version, resource.Kind);
        return result;
    }

    /// <summary>A path that can be read, and nothing else.</summary>
    public JsonObject Reading(string answer) => new() { ["get"] = new JsonObject { ["responses"] = Responses(answer, "get") } };

    private JsonObject Responses(string answer, string action)
    {
        var result = new JsonObject { ["200"] = Response("OK", answer) };
        if (action is "post" or "put" or "patch")
        {
            result["201"] = Response("Created", answer);
        }

        if (action is "post" or "delete")
        {
            result["202"] = Response("Accepted", answer);
        }

        result["401"] = new JsonObject { ["description"] = "Unauthorized" };
        return result;
    }

    private JsonObject Response(string description, string type)
    {
        var result = new JsonObject { ["description"] = description };
        if (form == OpenApiForm.V2)
        {
            result["schema"] = Schema(type);
        }
        else
        {
            result["content"] = Content(Media, type);
        }

        return result;
    }

    private JsonObject Content(string[] media, string type)
    {
        var result = new JsonObject();
        foreach (var medium in media)
        {
            result.Add(medium, new JsonObject { ["schema"] = Schema(type) });
        }

        return result;
    }

    private JsonObject Schema(string name) => new() { ["$ref"] = OpenApiNames.Reference(name, form) };

    private JsonArray Parameters(ResourceType resource, bool named)
    {
        var result = new JsonArray();
        if (named)
        {
            result.Add((JsonNode)Parameter("name", "string", "path"));
        }

        if (resource.IsNamespaced)
        {
            result.Add((JsonNode)Parameter("namespace", "string", "path"));
        }

        return result;
    }

    private JsonObject Query(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? Parameter(text, "string", "query") : Parameter(text[..colon], text[(colon + 1)..], "query");
    }

    private JsonObject Parameter(string name, string type, string place)
    {
        var result = new JsonObject { ["name"] = name, ["in"] = place };
        if (place == "path")
        {
            result["required"] = true;
        }

        if (form == OpenApiForm.V2)
        {
            result["type"] = type;
        }
        else
        {
            result["schema"] = new JsonObject { ["type"] = type };
        }

        result["uniqueItems"] = true;
        if (form == OpenApiForm.V3)
        {
            result.Remove("uniqueItems");
            result["schema"]!["uniqueItems"] = true;
        }

        return result;
    }

    private static string OperationId(ResourceType resource, string action, string suffix)
    {
        var parts = resource.Group.EndsWith(".k8s.io", StringComparison.Ordinal) ? resource.Group[..^".k8s.io".Length].Split('.') : resource.Group.Split('.');
        var group = resource.Group.Length == 0 ? "Core" : string.Concat(parts.Select(static p => char.ToUpperInvariant(p[0]) + p[1..]));
        var version = char.ToUpperInvariant(resource.Version[0]) + resource.Version[1..];
        var verb = action switch
        {
            "get" => "read",
            "post" => "create",
            "put" => "replace",
            "deletecollection" => "delete",
            _ => action,
        };
        var scope = resource.IsNamespaced && suffix != "ForAllNamespaces" ? "Namespaced" : "";
        var many = action == "deletecollection" ? "Collection" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{verb}{group}{version}{many}{scope}{resource.Kind}{suffix}");
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static t => JsonValue.Create(t))]);
}
