using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Under which resource and in which version objects are stored that are served in several.</summary>
internal static class StoredVersions
{
    /// <summary>The resource that an object is stored under: events of both groups are the same objects.</summary>
    public static ResourceId IdOf(ResourceType type) =>
        type is { Group: "events.k8s.io", Plural: "events" } ? new("", "events") : new(type.Group, type.Plural);

    /// <summary>The <c>apiVersion</c> of stored objects.</summary>
    public static string ApiVersionOf(ResourceType type)
    {
        var group = IdOf(type).Group;
        var version = ResourceTypes.StorageVersion(group, type.Plural);
        return group.Length == 0 ? version : $"{group}/{version}";
    }
}
