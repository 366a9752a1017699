using K124.Sim.Kinds.CustomResources;

namespace K124.Sim.Kinds.Discovery;

/// <summary>The order in which groups and their versions are told.</summary>
internal static class GroupOrder
{
    private static readonly string[] BuiltIn =
    [
        "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch",
        "certificates.k8s.io", "networking.k8s.io", "policy", "rbac.authorization.k8s.io", "storage.k8s.io", "admissionregistration.k8s.io",
        "apiextensions.k8s.io", "scheduling.k8s.io", "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io",
        "flowcontrol.apiserver.k8s.io", "internal.apiserver.k8s.io",
    ];

    // The one group whose versions do not stand in the order of their names.
    private static readonly string[] Autoscaling = ["v2", "v1", "v2beta1", "v2beta2"];

    /// <summary>The named groups of some resources with their versions; the first version of each is the preferred one.</summary>
    public static IEnumerable<(string Group, IReadOnlyList<string> Versions)> Of(IEnumerable<ResourceType> served) => served
        .Where(static r => r.Group.Length > 0)
        .GroupBy(static r => r.Group, static r => r.Version)
        .Select(static g => (Group: g.Key, Versions: (IReadOnlyList<string>)Sorted(g.Key, g)))
        .OrderBy(static g => Place(g.Group))
        .ThenBy(static g => $"{g.Versions[0]}.{g.Group}", StringComparer.Ordinal);

    private static int Place(string group) => Array.IndexOf(BuiltIn, group) is var at && at < 0 ? BuiltIn.Length : at;

    private static List<string> Sorted(string group, IEnumerable<string> versions)
    {
        var distinct = versions.Distinct(StringComparer.Ordinal);
        return group == "autoscaling"
            ? [.. distinct.OrderBy(static v => Array.IndexOf(Autoscaling, v))]
            : [.. distinct.OrderByDescending(CustomResourceDefinition.Rank).ThenBy(static v => v, StringComparer.Ordinal)];
    }
}
