using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>What becomes of a definition that is deleted: its objects go first.</summary>
internal static class CustomResourceDeletion
{
    /// <summary>The finalizer that keeps a definition until its objects are gone.</summary>
    public const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";

    private const string Terminating = "Terminating";

    /// <summary>Marks a definition at the first request to delete it.</summary>
    public static void Begin(JsonObject tree, string now)
    {
        var finalizers = tree.Ensure("metadata").EnsureList("finalizers");
        if (!finalizers.Any(static f => JsonTree.AsText(f) == Finalizer))
        {
            finalizers.Add((JsonNode)JsonValue.Create(Finalizer));
        }

        CustomResourceConditions.Set(
            tree, Terminating, "True", "InstanceDeletionPending",
            "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", now);
    }

    /// <summary>Notes that the deletion of objects has begun.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Proceed(JsonObject tree, string now) => CustomResourceConditions.Set(
        tree, Terminating, "True", "InstanceDeletionInProgress", "CustomResource deletion is in progress", now);

    /// <summary>Lets go of a definition whose objects are gone.</summary>
    public static void Finish(JsonObject tree, string now)
    {
        CustomResourceConditions.Set(tree, Terminating, "False", "InstanceDeletionCompleted", "removed all instances", now);
        var metadata = tree.Ensure("metadata");
        var rest = new JsonArray([.. metadata.Texts("finalizers").Where(static f => f != Finalizer).Select(static f => JsonValue.Create(f))]);
        if (rest.Count == 0)
        {
            metadata.Remove("finalizers");
        }
        else
        {
            metadata["finalizers"] = rest;
        }
    }
}
