using System.Collections.Immutable;

namespace K124.Sim.Platform;

/// <summary>Which groups, versions and single resources of an API server are switched on.</summary>
internal sealed record ApiSwitches
{
    // Versions of beta and alpha are off as a whole: what of them is served by default is named resource by resource.
    private static readonly ImmutableArray<string> OffVersions =
    [
        "autoscaling/v2beta1", "autoscaling/v2beta2", "batch/v1beta1", "discovery.k8s.io/v1beta1", "events.k8s.io/v1beta1",
        "flowcontrol.apiserver.k8s.io/v1alpha1", "flowcontrol.apiserver.k8s.io/v1beta1", "flowcontrol.apiserver.k8s.io/v1beta2",
        "internal.apiserver.k8s.io/v1alpha1", "node.k8s.io/v1beta1", "policy/v1beta1", "storage.k8s.io/v1alpha1", "storage.k8s.io/v1beta1",
    ];

    private static readonly ImmutableArray<string> OnResources =
    [
        "autoscaling/v2beta1/horizontalpodautoscalers", "autoscaling/v2beta2/horizontalpodautoscalers", "batch/v1beta1/cronjobs",
        "discovery.k8s.io/v1beta1/endpointslices", "events.k8s.io/v1beta1/events", "flowcontrol.apiserver.k8s.io/v1beta1/flowschemas",
        "flowcontrol.apiserver.k8s.io/v1beta1/prioritylevelconfigurations", "flowcontrol.apiserver.k8s.io/v1beta2/flowschemas",
        "flowcontrol.apiserver.k8s.io/v1beta2/prioritylevelconfigurations", "node.k8s.io/v1beta1/runtimeclasses",
        "policy/v1beta1/poddisruptionbudgets", "policy/v1beta1/podsecuritypolicies", "storage.k8s.io/v1beta1/csinodes",
        "storage.k8s.io/v1beta1/csistoragecapacities",
    ];

    private ApiSwitches(ImmutableSortedDictionary<string, bool> versions, ImmutableSortedDictionary<string, bool> resources) =>
        (Versions, Resources) = (versions, resources);

    /// <summary>The defaults of 1.24.</summary>
    public static ApiSwitches Default { get; } = new(
        ApiResource.Stored.Select(resource => resource.GroupVersion).Distinct(StringComparer.Ordinal)
            .Where(version => !OffVersions.Contains(version)).Select(version => KeyValuePair.Create(version, true))
            .Concat(OffVersions.Select(version => KeyValuePair.Create(version, false)))
            .Where(pair => ApiResource.GroupOf(pair.Key) is not ("apiextensions.k8s.io" or "apiregistration.k8s.io"))
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
        OnResources.ToImmutableSortedDictionary(name => name, _ => true, StringComparer.Ordinal));

    /// <summary>Switches by group and version.</summary>
    public ImmutableSortedDictionary<string, bool> Versions { get; }

    /// <summary>Switches by group, version and plural name; they win over those of the version.</summary>
    public ImmutableSortedDictionary<string, bool> Resources { get; }

    /// <summary>Switches a version; single resources of it are no longer set apart.</summary>
    public ApiSwitches WithVersion(string groupVersion, bool isEnabled) => new(
        Versions.SetItem(groupVersion, isEnabled),
        Resources.RemoveRange(Resources.Keys.Where(key => VersionOf(key) == groupVersion)));

    /// <summary>Switches each known version that matches.</summary>
    public ApiSwitches WithMatching(Func<string, bool> matches, bool isEnabled) =>
        Versions.Keys.Where(matches).Aggregate(this, (switches, version) => switches.WithVersion(version, isEnabled));

    /// <summary>Switches one resource.</summary>
    public ApiSwitches WithResource(string key, bool isEnabled) => new(Versions, Resources.SetItem(key, isEnabled));

    /// <summary>Whether a resource is switched on.</summary>
    public bool IsEnabled(ApiResource resource) => Resources.TryGetValue(resource.Key, out var isEnabled)
        ? isEnabled
        : Versions.GetValueOrDefault(resource.GroupVersion);

    private static string VersionOf(string resourceKey) => resourceKey[..resourceKey.LastIndexOf('/')];
}
