using System.Collections.Frozen;

namespace K124.Sim.Platform;

/// <summary>Groups and versions that the API server of 1.24 knows the types of, whether or not it serves them.</summary>
internal static class RegisteredApis
{
    // Served by layers of their own, which the switches of the core server do not reach.
    private static readonly FrozenSet<string> LayeredGroups = new[] { "apiextensions.k8s.io", "apiregistration.k8s.io" }.ToFrozenSet(StringComparer.Ordinal);

    // Known for what webhooks answer; no resource is ever served in them.
    private static readonly string[] ForWebhooks = ["admission.k8s.io/v1", "admission.k8s.io/v1beta1", "imagepolicy.k8s.io/v1alpha1"];

    private static readonly FrozenSet<string> GroupVersions = ApiResource.Stored.Concat(ApiResource.Gone)
        .Where(resource => !LayeredGroups.Contains(resource.Group))
        .Select(resource => resource.GroupVersion)
        .Concat(ForWebhooks)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Groups = GroupVersions.Select(ApiResource.GroupOf).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the option check knows a group.</summary>
    public static bool IsKnownGroup(string group) => IsMergedGroup(group) || LayeredGroups.Contains(group);

    /// <summary>Whether the core server knows a group, so that switches of it count.</summary>
    public static bool IsMergedGroup(string group) => Groups.Contains(group);

    /// <summary>Whether the core server knows a group and version.</summary>
    public static bool IsRegistered(string groupVersion) => GroupVersions.Contains(groupVersion);
}
