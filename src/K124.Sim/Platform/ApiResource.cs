using System.Collections.Immutable;

namespace K124.Sim.Platform;

/// <summary>A resource in one version of its group, and the life of that version. The releases are minor versions of Kubernetes 1.</summary>
/// <param name="GroupVersion">For example <c>batch/v1beta1</c>, or <c>v1</c> for the core group.</param>
/// <param name="Name">Plural name, as in paths.</param>
/// <param name="Kind">Kind of its objects.</param>
/// <remarks>Kubernetes 1.24 pkg/controlplane and k8s.io/api: what is stored, and the lifecycle of its kinds.</remarks>
internal sealed partial record ApiResource(string GroupVersion, string Name, string Kind)
{
    /// <summary>Whether its objects live in a namespace.</summary>
    public bool IsNamespaced { get; init; } = true;

    /// <summary>Subresources that the same version serves.</summary>
    public ImmutableArray<string> Subresources { get; init; } = [];

    /// <summary>Whether the API server of 1.24 holds storage for it; no flag brings back what has none.</summary>
    public bool HasStorage { get; init; } = true;

    /// <summary>Minor release that calls this version deprecated; null if none does.</summary>
    public int? DeprecatedMinor { get; init; }

    /// <summary>Minor release from which on this version is not served any more; null if none is known.</summary>
    public int? RemovedMinor { get; init; }

    /// <summary>Group and version to use instead; null if the kind declares none.</summary>
    public string? Replacement { get; init; }

    /// <summary>Group; empty for the core group.</summary>
    public string Group => GroupOf(GroupVersion);

    /// <summary>Group and version, and the plural name.</summary>
    public string Key => $"{GroupVersion}/{Name}";

    /// <summary>The group of a group and version.</summary>
    public static string GroupOf(string groupVersion)
    {
        var slash = groupVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : groupVersion[..slash];
    }

    /// <summary>The resource and its subresources as paths below the group and version.</summary>
    public IEnumerable<string> Paths() => Subresources.Select(subresource => $"{Key}/{subresource}").Prepend(Key);
}
