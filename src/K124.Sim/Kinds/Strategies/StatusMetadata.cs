using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Kinds whose status updates change nothing of the metadata.</summary>
internal static class StatusMetadata
{
    /// <summary>Puts back the metadata that an update may otherwise change.</summary>
    public static void Keep(JsonObject tree, JsonObject old)
    {
        var metadata = tree.Ensure("metadata");
        foreach (var member in (ReadOnlySpan<string>)["deletionTimestamp", "generation", "labels", "annotations", "finalizers", "ownerReferences"])
        {
            metadata.CopyFrom(old.Object("metadata"), member);
        }
    }
}
