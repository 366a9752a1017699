using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>How an object goes: at once, after its grace, or when its finalizers are gone.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/registry/rest and registry/generic/registry.</remarks>
internal static class Deletion
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";
    private const long DefaultGraceSeconds = 30;

    /// <summary>Whether an update leaves nothing that keeps a terminating object.</summary>
    public static bool IsFinished(ServedResource resource, JsonObject tree)
    {
        var metadata = tree.Object("metadata");
        if (!metadata.Has("deletionTimestamp") || metadata.Count("finalizers") > 0)
        {
            return false;
        }

        return resource.Type is { Group: "", Plural: "namespaces" }
            ? tree.Object("spec").Count("finalizers") == 0
            : metadata.Number("deletionGracePeriodSeconds") == 0;
    }

    /// <summary>Checks what a deletion supposes about the object.</summary>
    public static ApiStatus? CheckPreconditions(ServedResource resource, DeleteRequest request, JsonObject tree)
    {
        var metadata = tree.Object("metadata");
        var (uid, version) = (metadata.Text("uid"), metadata.Text("resourceVersion"));
        string? why = null;
        if (request.Uid.Length > 0 && request.Uid != uid)
        {
            why = $"the UID in the precondition ({request.Uid}) does not match the UID in record ({uid}). The object might have been deleted and then recreated";
        }
        else if (request.ResourceVersion.Length > 0 && request.ResourceVersion != version)
        {
            why = $"the ResourceVersion in the precondition ({request.ResourceVersion}) does not match the ResourceVersion in record ({version}). "
                + "The object might have been modified";
        }

        return why is null ? null : StatusErrors.Conflict(GroupOfErrors(resource), resource.Type.Kind, metadata.Text("name"), why);
    }

    /// <summary>Some kinds name their historic group in errors.</summary>
    private static string GroupOfErrors(ServedResource resource) => resource.IsCustom ? resource.Type.Group : KindStrategies.For(resource.Type).ErrorGroup;

    /// <summary>Seconds that an object has from its deletion on.</summary>
    public static long Grace(ServedResource resource, DeleteRequest request, JsonObject tree)
    {
        if (resource.Type is not { Group: "", Plural: "pods" })
        {
            return 0;
        }

        var spec = tree.Object("spec");
        if (spec.Text("nodeName").Length == 0 || tree.Object("status").Text("phase") is "Succeeded" or "Failed")
        {
            return 0;
        }

        var grace = request.GracePeriodSeconds ?? spec.NumberOrNull("terminationGracePeriodSeconds") ?? DefaultGraceSeconds;
        return grace < 0 ? 1 : grace;
    }

    /// <summary>The finalizers that the object has after a deletion was asked for.</summary>
    public static List<string> Finalizers(ServedResource resource, DeleteRequest request, JsonObject tree)
    {
        var given = tree.Object("metadata").Texts("finalizers");
        var result = given.Where(finalizer => finalizer is not (Orphan or Foreground)).ToList();
        var isCollected = resource.Type is not { Group: "", Plural: "events" } and not { Group: "events.k8s.io" };
        switch (request.Propagation)
        {
            case "Orphan" when isCollected:
                result.Add(Orphan);
                break;
            case "Foreground" when isCollected:
                result.Add(Foreground);
                break;
            case "" when given.Contains(Orphan) || given.Contains(Foreground):
                return [.. given];
            case "" when resource.OrphansByDefault:
                result.Add(Orphan);
                break;
        }

        return result;
    }

    /// <summary>Marks an object as terminating.</summary>
    public static void Mark(JsonObject tree, DateTimeOffset now, long grace, bool hasGrace = true, bool isCounted = true)
    {
        var metadata = tree.Ensure("metadata");
        TreeMetadata.Set(metadata, "deletionTimestamp", ApiTimes.Seconds(now + TimeSpan.FromSeconds(grace)));
        if (hasGrace)
        {
            TreeMetadata.Set(metadata, "deletionGracePeriodSeconds", grace);
        }

        if (isCounted && metadata.Number("generation") is > 0 and var generation)
        {
            metadata["generation"] = generation + 1;
        }
    }

    /// <summary>Writes the finalizers of an object.</summary>
    public static void SetFinalizers(JsonObject tree, List<string> finalizers)
    {
        var metadata = tree.Ensure("metadata");
        if (finalizers.Count == 0)
        {
            metadata.Remove("finalizers");
        }
        else
        {
            TreeMetadata.Set(metadata, "finalizers", new JsonArray([.. finalizers.Select(finalizer => (JsonNode)finalizer)]));
        }
    }
}
