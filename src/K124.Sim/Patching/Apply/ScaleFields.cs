using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Apply;

/// <summary>Ownership of a number of replicas, as it reads through the scale subresource and back.</summary>
/// <remarks>Owners by plain writes are told apart by version, and the scale has a version of its own; so what they own through the
/// object moves to an entry of the subresource at the first write of a scale, and that entry has no time.</remarks>
internal static class ScaleFields
{
    private const string ScaleVersion = "autoscaling/v1";

    private static readonly FieldSet InScale = FieldSet.OfFields("spec", "replicas");

    /// <summary>The owners that a scale shows: those of the replicas.</summary>
    /// <param name="parent">The object that is scaled.</param>
    /// <param name="replicas">Path of the replicas by version of the object.</param>
    /// <returns>The entries; null if those of the object cannot be read.</returns>
    public static JsonArray? ToScale(JsonObject parent, IReadOnlyDictionary<string, FieldSet> replicas)
    {
        if (!ManagedFields.TryDecode(parent, out var owners))
        {
            return null;
        }

        var result = new ManagedFields();
        foreach (var (id, entry) in owners.Entries)
        {
            if (replicas.TryGetValue(entry.ApiVersion, out var path) && Owns(entry, path))
            {
                result[id] = new(InScale, ScaleVersion, entry.Time);
            }
        }

        return result.Encode();
    }

    /// <summary>Takes the owners of a written scale over into the object.</summary>
    /// <param name="parent">The object as it was; its entries are what is carried on.</param>
    /// <param name="scale">The scale with its new entries.</param>
    /// <param name="apiVersion">Version of the object in which new entries name the replicas.</param>
    /// <param name="replicas">Path of the replicas by version of the object.</param>
    /// <returns>The object's new entries; null if some cannot be read.</returns>
    public static JsonArray? ToParent(JsonObject parent, JsonObject scale, string apiVersion, IReadOnlyDictionary<string, FieldSet> replicas)
    {
        if (!ManagedFields.TryDecode(parent, out var owners) || !ManagedFields.TryDecode(scale, out var scalers))
        {
            return null;
        }

        var result = new ManagedFields();
        foreach (var (id, entry) in owners.Entries)
        {
            if (!replicas.TryGetValue(entry.ApiVersion, out var path))
            {
                continue;
            }

            if (!Owns(entry, path) || scalers.TryGet(id, out _))
            {
                result[id] = entry;
                scalers.Remove(id);
                continue;
            }

            result.SetOrRemove(id, entry with { Fields = entry.Fields.Difference(path) });
        }

        if (replicas.TryGetValue(apiVersion, out var own))
        {
            foreach (var (id, _) in scalers.Entries.Where(static e => Owns(e.Value, InScale)))
            {
                result[id] = new(own, apiVersion, owners.TryGet(id, out var before) ? before.Time : "");
            }
        }

        return result.Encode();
    }

    private static bool Owns(ManagedEntry entry, FieldSet path) => !entry.Fields.Intersection(path).IsEmpty;
}
