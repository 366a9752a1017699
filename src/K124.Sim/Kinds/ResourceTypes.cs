using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds;

/// <summary>The built-in resources of Kubernetes 1.24, by path and by kind.</summary>
internal sealed class ResourceTypes
{
    private static readonly Lazy<ResourceTypes> Shared = new(() => new([.. EmbeddedText.Lines("resources.txt").Select(Read)]));

    private readonly Dictionary<(string Group, string Version, string Plural), ResourceType> _byPlural = [];
    private readonly Dictionary<(string Group, string Version, string Kind), ResourceType> _byKind = [];

    private ResourceTypes(ImmutableArray<ResourceType> all)
    {
        All = all;
        foreach (var resource in all)
        {
            _byPlural.Add((resource.Group, resource.Version, resource.Plural), resource);
            _byKind.Add((resource.Group, resource.Version, resource.Kind), resource);
        }
    }

    /// <summary>The resources, read once on first use.</summary>
    public static ResourceTypes Instance => Shared.Value;

    /// <summary>All resources that a server can serve, in no order that matters.</summary>
    public ImmutableArray<ResourceType> All { get; }

    /// <summary>Finds a resource by its path.</summary>
    /// <param name="group">Group; empty for the core group.</param>
    /// <param name="version">Version.</param>
    /// <param name="plural">Plural.</param>
    /// <param name="resource">The resource.</param>
    /// <returns>False if there is none.</returns>
    public bool TryGet(string group, string version, string plural, [NotNullWhen(true)] out ResourceType? resource) =>
        _byPlural.TryGetValue((group, version, plural), out resource);

    /// <summary>Finds a resource by the kind of its objects.</summary>
    /// <param name="apiVersion">Group and version as objects write them.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="resource">The resource.</param>
    /// <returns>False if there is none.</returns>
    public bool TryGetKind(string apiVersion, string kind, [NotNullWhen(true)] out ResourceType? resource)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : apiVersion[..slash];
        return _byKind.TryGetValue((group, apiVersion[(slash + 1)..], kind), out resource);
    }

    /// <summary>The version of a group in which its objects are stored.</summary>
    /// <param name="group">Group.</param>
    /// <param name="plural">Plural.</param>
    /// <returns>The version.</returns>
    public static string StorageVersion(string group, string plural) => group switch
    {
        "autoscaling" => "v2",
        "flowcontrol.apiserver.k8s.io" => "v1beta2",
        "internal.apiserver.k8s.io" => "v1alpha1",
        "policy" when plural == "podsecuritypolicies" => "v1beta1",
        _ => "v1",
    };

    private static ResourceType Read(string line)
    {
        var cells = line.Split('|');
        SchemaFacts.Instance.TryGetKind(cells[0], cells[1], cells[3], out var schema);
        return new()
        {
            Group = cells[0],
            Version = cells[1],
            Plural = cells[2],
            Kind = cells[3],
            IsNamespaced = cells[4] == "n",
            Verbs = List(cells[5]),
            ShortNames = List(cells[6]),
            Categories = List(cells[7]),
            Subresources = List(cells[8]),
            IsServedByDefault = cells[9] == "on",
            Schema = schema,
            Singular = cells[3].ToLowerInvariant(),
        };
    }

    private static ImmutableArray<string> List(string cell) => cell.Length == 0 ? [] : [.. cell.Split(',')];
}
