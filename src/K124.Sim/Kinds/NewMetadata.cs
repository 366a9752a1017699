using System.Text.Json.Nodes;

namespace K124.Sim.Kinds;

/// <summary>Metadata that the server gives to new objects.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/registry/rest.</remarks>
internal static class NewMetadata
{
    /// <summary>Prepares an object for its creation.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tree">The object.</param>
    /// <param name="strategy">The strategy of its kind.</param>
    /// <param name="context">Its surroundings.</param>
    public static void Prepare(WriteRequest request, JsonObject tree, KindStrategy strategy, KindContext context)
    {
        var metadata = tree.Ensure("metadata");
        metadata.Remove("deletionTimestamp");
        metadata.Remove("deletionGracePeriodSeconds");
        metadata.Remove("resourceVersion");
        metadata["creationTimestamp"] = context.Now;
        metadata["uid"] = context.Names.NewUid();
        if (metadata.Text("name").Length == 0)
        {
            metadata.Set("name", request.Name.Length > 0 ? request.Name : strategy.GenerateName(metadata.Text("generateName"), context.Names));
        }

        strategy.PrepareForCreate(tree, context);
    }
}
