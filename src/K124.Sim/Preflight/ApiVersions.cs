using System.Collections.Frozen;
using K124.Sim.Platform;

namespace K124.Sim.Preflight;

/// <summary>Finds what is known of a kind in a version.</summary>
internal static class ApiVersions
{
    private static readonly FrozenDictionary<(string ApiVersion, string Kind), ApiResource> StoredByKind = Index(ApiResource.Stored.Where(IsServable));

    private static readonly FrozenDictionary<(string ApiVersion, string Kind), ApiResource> GoneByKind =
        Index(ApiResource.Gone.Concat(ApiResource.Stored.Where(static resource => !IsServable(resource))));

    /// <summary>A version that no switch brings back; null if it is none.</summary>
    public static ApiResource? Gone(string apiVersion, string kind) => GoneByKind.GetValueOrDefault((apiVersion, kind));

    /// <summary>A version that 1.24 can serve; null if it is none.</summary>
    public static ApiResource? Stored(string apiVersion, string kind) => StoredByKind.GetValueOrDefault((apiVersion, kind));

    /// <summary>Whether the API server has it switched on. Definitions and API services have servers of their own, which no switch reaches.</summary>
    public static bool IsServed(ApiResource resource, PreflightContext context) =>
        resource.Group is "apiextensions.k8s.io" or "apiregistration.k8s.io" || context.Served.IsServed(resource.Key);

    private static bool IsServable(ApiResource resource) => ServingRelease.Kubernetes124.Serves(resource.RemovedMinor);

    private static FrozenDictionary<(string ApiVersion, string Kind), ApiResource> Index(IEnumerable<ApiResource> resources) => resources
        .GroupBy(static resource => (resource.GroupVersion, resource.Kind))
        .ToFrozenDictionary(static group => group.Key, static group => group.First());
}
