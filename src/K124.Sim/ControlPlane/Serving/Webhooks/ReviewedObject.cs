using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.ControlPlane.Serving.Webhooks;

/// <summary>Objects on their way to webhooks and back.</summary>
internal static class ReviewedObject
{
    /// <summary>An object as a webhook sees it: in the version that its rule names, as the server writes it.</summary>
    public static JsonObject? Of(JsonObject? item, ResourceType own, ResourceType seen)
    {
        if (item is null)
        {
            return null;
        }

        var tree = (JsonObject)item.DeepClone();
        if (own.Schema is { } schema)
        {
            ObjectWriter.Complete(schema, tree);
        }

        return InVersion(tree, own, seen);
    }

    /// <summary>Puts a changed object in the place of the one of the request.</summary>
    /// <returns>Why it cannot be read; null if it can.</returns>
    public static string? TakeBack(JsonNode? changed, ResourceType seen, AdmissionRequest request)
    {
        var tree = InVersion(changed as JsonObject ?? [], seen, request.Resource);
        if (request.Resource.Schema is { } schema)
        {
            tree = ObjectDecoder.Decode(schema, tree, out var error);
            if (error is not null)
            {
                return error;
            }

            KindStrategies.For(request.Resource).Default(tree, request.Resource.Version);
        }

        var target = request.Object!;
        target.Clear();
        foreach (var (name, value) in tree.ToArray())
        {
            tree.Remove(name);
            target[name] = value;
        }

        return null;
    }

    private static JsonObject InVersion(JsonObject tree, ResourceType from, ResourceType to)
    {
        if (from.ApiVersion == to.ApiVersion)
        {
            return tree;
        }

        return VersionConversion.Between(tree, from, to.ApiVersion) ?? tree;
    }
}
