using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Conformance.Controllers.Harness;

internal sealed partial class RecordedServer
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";
    private const long DefaultGrace = 30;

    /// <summary>Deletes an object.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="options">Options.</param>
    /// <param name="isRecorded">Whether the write is one to be compared.</param>
    public (JsonObject? Tree, ApiStatus? Refusal) Delete(RecordedKind kind, string space, string name, DeleteOptions? options, bool isRecorded = true)
    {
        var write = new RecordedWrite("delete", kind, "", space, name) { Options = options };
        if (isRecorded && Begin(write) is { } fault)
        {
            return (null, fault);
        }

        if (Find(kind, space, name) is not { } stored)
        {
            return (null, Refuse(write, 404, "NotFound", $"{kind.GroupResource} \"{name}\" not found"));
        }

        if (options?.Uid is { } uid && uid != Text(stored, "uid"))
        {
            return (null, Refuse(write, 409, "Conflict", ConflictText(kind, name)));
        }

        MarkDeleted(kind, stored, options);
        return (stored, null);
    }

    /// <summary>Deletes all objects of a kind in a namespace.</summary>
    public ApiStatus? DeleteCollection(RecordedKind kind, string space, DeleteOptions? options)
    {
        if (Begin(new("deletecollection", kind, "", space, "") { Options = options }) is { } fault)
        {
            return fault;
        }

        foreach (var stored in List(kind, space))
        {
            MarkDeleted(kind, stored, options);
        }

        return null;
    }

    /// <summary>Takes a finalizer away, as its keeper would.</summary>
    public void RemoveFinalizer(RecordedKind kind, string space, string name, string finalizer)
    {
        if (Find(kind, space, name) is not { } stored)
        {
            return;
        }

        var tree = stored.DeepClone().AsObject();
        var metadata = Metadata(tree);
        JsonNode?[] kept = [.. FinalizersOf(metadata).Where(own => own != finalizer).Select(static own => JsonValue.Create(own))];
        metadata.Remove("finalizers");
        if (kept.Length > 0)
        {
            metadata["finalizers"] = new JsonArray(kept);
        }

        Replace(kind, stored, tree, "");
    }

    private void MarkDeleted(RecordedKind kind, JsonObject stored, DeleteOptions? options)
    {
        var tree = stored.DeepClone().AsObject();
        var metadata = Metadata(tree);
        SetFinalizers(metadata, options?.PropagationPolicy);
        JsonNode grace = GraceOf(kind, tree, options);
        if (metadata["deletionTimestamp"] is null)
        {
            metadata["deletionTimestamp"] = Timestamp(Now.AddSeconds(Number(grace)));
            metadata["deletionGracePeriodSeconds"] = grace;
        }
        else if (Number(grace) == 0)
        {
            metadata["deletionGracePeriodSeconds"] = grace;
        }

        if (!RemoveIfDone(kind, tree))
        {
            Store(kind, Versioned(tree));
        }
    }

    private static long GraceOf(RecordedKind kind, JsonObject tree, DeleteOptions? options) =>
        kind.Kind == "Pod" && tree["spec"]?["nodeName"] is not null && tree["status"]?["phase"]?.GetValue<string>() is not ("Succeeded" or "Failed")
            ? options?.GracePeriodSeconds ?? DefaultGrace
            : 0;

    private static void SetFinalizers(JsonObject metadata, string? policy)
    {
        if (policy is null)
        {
            return;
        }

        var wanted = policy switch
        {
            "Orphan" => Orphan,
            "Foreground" => Foreground,
            _ => null,
        };
        List<string> finalizers = [.. FinalizersOf(metadata).Where(name => name is not (Orphan or Foreground) || name == wanted)];
        if (wanted is not null && !finalizers.Contains(wanted))
        {
            finalizers.Add(wanted);
        }

        metadata.Remove("finalizers");
        if (finalizers.Count > 0)
        {
            metadata["finalizers"] = new JsonArray([.. finalizers.Select(static name => JsonValue.Create(name))]);
        }
    }

    private static IEnumerable<string> FinalizersOf(JsonObject metadata) =>
        (metadata["finalizers"] as JsonArray)?.Select(static name => name!.GetValue<string>()) ?? [];

    private static long Number(JsonNode node) => long.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);

    private bool RemoveIfDone(RecordedKind kind, JsonObject tree)
    {
        var metadata = Metadata(tree);
        var isWaiting = FinalizersOf(metadata).Any()
            || (tree["spec"]?["finalizers"] is JsonArray { Count: > 0 } && kind.Kind == "Namespace")
            || (kind.Kind == "Pod" && metadata["deletionGracePeriodSeconds"] is { } grace && Number(grace) > 0);
        if (metadata["deletionTimestamp"] is null || isWaiting)
        {
            return false;
        }

        Remove(kind, Text(tree, "namespace"), Text(tree, "name"));
        return true;
    }
}
