using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>How an object goes: at once, after its grace, or when its finalizers are gone.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/registry/rest and registry/generic/registry.</remarks>
internal static class Deletion
{
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
        var why = DeletionRules.PreconditionProblem(request.Uid, uid, request.ResourceVersion, version);
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
        return DeletionRules.GraceOfPod(
            spec.Text("nodeName"), tree.Object("status").Text("phase"), spec.NumberOrNull("terminationGracePeriodSeconds"), request.GracePeriodSeconds);
    }

    /// <summary>The finalizers that the object has after a deletion was asked for.</summary>
    public static ImmutableArray<string> Finalizers(ServedResource resource, DeleteRequest request, JsonObject tree) => DeletionRules.Finalizers(
        tree.Object("metadata").Texts("finalizers"), request.Propagation, resource.OrphansByDefault,
        resource.Type is not { Group: "", Plural: "events" } and not { Group: "events.k8s.io" });

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
    public static void SetFinalizers(JsonObject tree, ImmutableArray<string> finalizers)
    {
        var metadata = tree.Ensure("metadata");
        if (finalizers.IsEmpty)
        {
            metadata.Remove("finalizers");
        }
        else
        {
            TreeMetadata.Set(metadata, "finalizers", new JsonArray([.. finalizers.Select(finalizer => (JsonNode)finalizer)]));
        }
    }
}
