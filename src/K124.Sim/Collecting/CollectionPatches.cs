using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Model;

namespace K124.Sim.Collecting;

/// <summary>The patches of the garbage collector.</summary>
internal static class CollectionPatches
{
    /// <summary>Takes finalizers' remaining list over, for a version.</summary>
    public static string Finalizers(MetadataObject item, string removed)
    {
        JsonNode?[] kept = [.. item.Finalizers.Where(name => name != removed).Select(static name => JsonValue.Create(name))];
        return Metadata(new()
        {
            ["resourceVersion"] = item.ResourceVersion,
            ["finalizers"] = kept.Length == 0 ? null : new JsonArray(kept),
        });
    }

    /// <summary>Takes owners away, as a strategic patch.</summary>
    public static string WithoutOwners(string uid, IEnumerable<string> owners) => Metadata(new()
    {
        ["ownerReferences"] = new JsonArray([.. owners.Select(static owner => new JsonObject { ["$patch"] = "delete", ["uid"] = owner })]),
        ["uid"] = uid,
    });

    /// <summary>Takes owners away, as a merge patch for a version.</summary>
    public static string WithoutOwners(MetadataObject item, ImmutableArray<string> owners) =>
        Owners(item, item.Owners.Where(owner => !owners.Contains(owner.Uid, StringComparer.Ordinal)));

    /// <summary>Lets owners go first, as a strategic patch.</summary>
    public static string Unblocked(ObjectIdentity item, ImmutableArray<OwnerReference> owners) => Metadata(new()
    {
        ["ownerReferences"] = new JsonArray(
            [.. owners.Where(static owner => owner.BlockOwnerDeletion == true).Select(static owner => Json(owner with { BlockOwnerDeletion = false }))]),
        ["uid"] = item.Uid,
    });

    /// <summary>Lets owners go first, as a merge patch for a version.</summary>
    public static string Unblocked(MetadataObject item) =>
        Owners(item, item.Owners.Select(static owner => owner.BlockOwnerDeletion == true ? owner with { BlockOwnerDeletion = false } : owner));

    private static string Owners(MetadataObject item, IEnumerable<OwnerReference> owners)
    {
        JsonNode?[] kept = [.. owners.Select(Json)];
        return Metadata(new()
        {
            ["resourceVersion"] = item.ResourceVersion,
            ["ownerReferences"] = kept.Length == 0 ? null : new JsonArray(kept),
        });
    }

    private static JsonObject Json(OwnerReference owner)
    {
        var json = new JsonObject { ["apiVersion"] = owner.ApiVersion, ["kind"] = owner.Kind, ["name"] = owner.Name, ["uid"] = owner.Uid };
        if (owner.Controller is { } controller)
        {
            json["controller"] = controller;
        }

        if (owner.BlockOwnerDeletion is { } blocks)
        {
            json["blockOwnerDeletion"] = blocks;
        }

        return json;
    }

    private static string Metadata(JsonObject metadata) => new JsonObject { ["metadata"] = metadata }.ToJsonString();
}
