using System.Text.Json.Nodes;

namespace K124.Sim.Kinds;

/// <summary>Metadata that an update may leave out or not change.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/registry/rest and apimachinery/pkg/api/validation.</remarks>
internal static class UpdateMetadata
{
    /// <summary>Sets the generation back, before the kind counts the change.</summary>
    /// <param name="metadata">Metadata of the update.</param>
    /// <param name="old">Metadata as stored.</param>
    public static void Prepare(JsonObject metadata, JsonObject? old)
    {
        metadata.CopyFrom(old, "generation");
        metadata.CopyFrom(old, "resourceVersion");
    }

    /// <summary>Puts back what the server decides.</summary>
    /// <param name="metadata">Metadata of the update.</param>
    /// <param name="old">Metadata as stored.</param>
    public static void Restore(JsonObject metadata, JsonObject? old)
    {
        metadata.CopyFrom(old, "creationTimestamp");
        foreach (var member in (ReadOnlySpan<string>)["uid", "deletionTimestamp", "deletionGracePeriodSeconds"])
        {
            if (!metadata.ContainsKey(member) || (member == "deletionTimestamp" && old.Has(member)))
            {
                metadata.CopyFrom(old, member);
            }
        }
    }
}
