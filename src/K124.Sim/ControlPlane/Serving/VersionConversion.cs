using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The same object in another version of its kind.</summary>
internal static class VersionConversion
{
    /// <summary>A stored object in a served version; the same tree if that is the version of the store.</summary>
    public static JsonObject Convert(JsonObject tree, string storageVersion, ResourceType wanted) =>
        wanted.ApiVersion == storageVersion ? tree : Converted(tree, storageVersion, wanted.ApiVersion);

    /// <summary>An object of a served version in the version of the store.</summary>
    public static JsonObject ToStorage(JsonObject tree, string storageVersion, ResourceType given) =>
        given.ApiVersion == storageVersion ? tree : Converted(tree, given.ApiVersion, storageVersion);

    /// <summary>An object in any other version of its kind; null if there is no such version.</summary>
    public static JsonObject? Between(JsonObject tree, ResourceType given, string wanted)
    {
        if (tree.Text("apiVersion") == wanted)
        {
            return tree;
        }

        return ResourceTypes.Instance.TryGetKind(wanted, given.Kind, out _) ? Converted(tree, tree.Text("apiVersion"), wanted) : null;
    }

    private static JsonObject Converted(JsonObject tree, string from, string to)
    {
        var result = (JsonObject)tree.DeepClone();
        switch (from, to)
        {
            case ("v1", "events.k8s.io/v1" or "events.k8s.io/v1beta1"):
                EventConversion.ToNew(result);
                break;
            case ("events.k8s.io/v1" or "events.k8s.io/v1beta1", "v1"):
                EventConversion.ToOld(result);
                break;
        }

        if (from.StartsWith("autoscaling/", StringComparison.Ordinal))
        {
            AutoscalerConversion.Convert(result, from, to);
        }
        else if (from.StartsWith("discovery.k8s.io/", StringComparison.Ordinal))
        {
            EndpointSliceConversion.Convert(result, to);
        }

        result["apiVersion"] = to;
        if (ResourceTypes.Instance.TryGetKind(to, result.Text("kind"), out var type) && type.Schema is { } schema)
        {
            ObjectWriter.Complete(schema, result);
            ObjectForms.DropEmptyMetadata(result);
        }

        return result;
    }
}
