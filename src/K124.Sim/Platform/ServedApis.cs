using System.Collections.Frozen;
using System.Collections.Immutable;

namespace K124.Sim.Platform;

/// <summary>Which resources an API server serves: those it has storage for, that are switched on, and that its release has not dropped.</summary>
/// <remarks>Resources of <c>apiextensions.k8s.io</c> and <c>apiregistration.k8s.io</c> have layers of their own and are always served. KEP-3136.</remarks>
internal sealed class ServedApis
{
    private readonly FrozenSet<string> _keys;

    /// <summary>Works out what is served.</summary>
    /// <param name="switches">What is switched on; the defaults of 1.24 if null.</param>
    /// <param name="release">The release; 1.24 if null.</param>
    public ServedApis(ApiSwitches? switches = null, ServingRelease? release = null)
    {
        var (on, serving) = (switches ?? ApiSwitches.Default, release ?? ServingRelease.Kubernetes124);
        Resources = [.. ApiResource.Stored.Where(resource => resource.Group.Length == 0
            ? on.IsEnabled(resource)
            : on.IsEnabled(resource) && serving.Serves(resource.RemovedMinor))];
        _keys = Resources.Select(resource => resource.Key).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>What 1.24 serves when no switch is set.</summary>
    public static ServedApis Default { get; } = new();

    /// <summary>The resources of the core server, ordered by group, version and name.</summary>
    public ImmutableArray<ApiResource> Resources { get; }

    /// <summary>The groups and versions with a resource left, in the order of their names.</summary>
    public ImmutableSortedSet<string> GroupVersions => Resources.Select(resource => resource.GroupVersion).ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>Whether a resource is served.</summary>
    /// <param name="key">Group, version and plural name, for example <c>batch/v1/jobs</c>.</param>
    public bool IsServed(string key) => _keys.Contains(key);
}
