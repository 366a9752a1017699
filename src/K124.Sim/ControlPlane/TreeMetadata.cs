using System.Globalization;
using System.Text.Json.Nodes;

namespace K124.Sim.ControlPlane;

/// <summary>Writes single members of an object's metadata where the API server's own order has them.</summary>
internal static class TreeMetadata
{
    private static readonly string[] Order =
    [
        "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers", "clusterName", "managedFields",
    ];

    public static void SetResourceVersion(JsonObject metadata, long revision) =>
        Set(metadata, "resourceVersion", revision.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sets a member: in its place if it is there, else in front of the members that come after it.</summary>
    public static void Set(JsonObject metadata, string name, JsonNode? value)
    {
        if (metadata.ContainsKey(name))
        {
            metadata[name] = value;
            return;
        }

        var place = Array.IndexOf(Order, name);
        var later = metadata.Where(member => Array.IndexOf(Order, member.Key) > place).ToArray();
        foreach (var member in later)
        {
            metadata.Remove(member.Key);
        }

        metadata[name] = value;
        foreach (var member in later)
        {
            metadata[member.Key] = member.Value;
        }
    }
}
