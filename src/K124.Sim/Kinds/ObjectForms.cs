using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds;

/// <summary>From the body of a request to an object in its working form.</summary>
internal static class ObjectForms
{
    /// <summary>Decodes and defaults a body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">Its surroundings.</param>
    /// <param name="tree">The object.</param>
    /// <returns>Why the body cannot be read; null if it can.</returns>
    public static ApiStatus? Read(WriteRequest request, KindContext context, out JsonObject tree)
    {
        var resource = request.Resource;
        tree = [];
        if (CheckKind(resource, request.Body as JsonObject) is { } otherKind)
        {
            return otherKind;
        }

        tree = ObjectDecoder.Decode(resource.Schema!, request.Body, out var error);
        if (error is not null)
        {
            return StatusErrors.BadRequest($"{Handled(resource, resource.Kind, resource.Version)}: {error}");
        }

        tree["kind"] = resource.Kind;
        tree["apiVersion"] = resource.ApiVersion;
        tree.Ensure("metadata").Remove("selfLink");
        KindStrategies.For(resource).Default(tree, resource.Version);
        return null;
    }

    /// <summary>Brings a stored object into its working form. Reading applies defaults, too.</summary>
    /// <param name="resource">The resource in the version of the object.</param>
    /// <param name="strategy">The strategy of its kind.</param>
    /// <param name="stored">The object; it is not changed.</param>
    /// <returns>A copy.</returns>
    public static JsonObject ReadStored(ResourceType resource, KindStrategy strategy, JsonObject stored)
    {
        var old = ObjectDecoder.Decode(resource.Schema!, stored, out _);
        strategy.Default(old, resource.Version);
        return old;
    }

    /// <summary>Puts the namespace of the path into the object.</summary>
    /// <param name="request">The request.</param>
    /// <param name="metadata">Metadata of the object.</param>
    /// <returns>The refusal if the object names another; otherwise null.</returns>
    public static ApiStatus? CheckNamespace(WriteRequest request, JsonObject metadata)
    {
        if (!request.Resource.IsNamespaced)
        {
            metadata.Remove("namespace");
            return null;
        }

        var ns = metadata.Text("namespace");
        if (ns.Length > 0 && ns != request.Namespace)
        {
            return StatusErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        metadata.Set("namespace", request.Namespace);
        return null;
    }

    /// <summary>Compares the name of the object with the one of the path.</summary>
    /// <param name="request">The request.</param>
    /// <param name="metadata">Metadata of the object.</param>
    /// <returns>The refusal if they differ; otherwise null.</returns>
    public static ApiStatus? CheckName(WriteRequest request, JsonObject metadata)
    {
        var name = metadata.Text("name");
        return name == request.Name ? null
            : name.Length == 0 ? StatusErrors.BadRequest($"the name of the object ({request.Name} based on URL) was undeterminable: name must be provided")
            : StatusErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Name})");
    }

    /// <summary>Removes <c>metadata.creationTimestamp: null</c> of an object that has one only because it was completed.</summary>
    /// <param name="tree">The object.</param>
    public static void DropEmptyMetadata(JsonObject tree)
    {
        if (tree.Object("metadata") is { } metadata && metadata.TryGetPropertyValue("creationTimestamp", out var created) && created is null)
        {
            metadata.Remove("creationTimestamp");
        }
    }

    /// <summary>An object as it is stored: members in their order, zeros where the server writes them.</summary>
    public static JsonObject Completed(ResourceType resource, JsonObject tree)
    {
        var decoded = ObjectDecoder.Decode(resource.Schema!, tree, out _);
        ObjectWriter.Complete(resource.Schema!, decoded);
        DropEmptyMetadata(decoded);
        return decoded;
    }

    private static ApiStatus? CheckKind(ResourceType resource, JsonObject? body)
    {
        var kind = body.Text("kind") is { Length: > 0 } given ? given : resource.Kind;
        var apiVersion = body.Text("apiVersion") is { Length: > 0 } version ? version : resource.ApiVersion;
        if (kind == resource.Kind && apiVersion == resource.ApiVersion)
        {
            return null;
        }

        var shortVersion = apiVersion[(apiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var isKnown = ResourceTypes.Instance.TryGetKind(apiVersion, kind, out var other)
            || SchemaFacts.Instance.TryGetKind(slash < 0 ? "" : apiVersion[..slash], shortVersion, kind, out _);
        var why = isKnown
            ? $"converting ({shortVersion}.{kind}) to ({InternalPackage(resource.Group)}.{resource.Kind}): unknown conversion"
            : $"no kind \"{kind}\" is registered for version \"{apiVersion}\" in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\"";
        return other?.Kind == resource.Kind && other.Group == resource.Group
            ? StatusErrors.BadRequest(
                $"the API version in the data ({apiVersion}) does not match the expected API version ({resource.ApiVersion})")
            : StatusErrors.BadRequest($"{Handled(resource, kind, shortVersion)}: {why}");
    }

    private static string Handled(ResourceType resource, string kind, string version) =>
        $"{kind} in version \"{version}\" cannot be handled as a {resource.Kind}";

    private static string InternalPackage(string group) => group switch
    {
        "" => "core",
        "networking.k8s.io" => "networking",
        "flowcontrol.apiserver.k8s.io" => "flowcontrol",
        _ => group.Split('.')[0],
    };
}
