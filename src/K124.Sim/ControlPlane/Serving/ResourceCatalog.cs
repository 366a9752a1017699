using System.Collections.Frozen;
using K124.Sim.Kinds;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The built-in resources that a server serves, by path.</summary>
internal sealed class ResourceCatalog
{
    private readonly FrozenDictionary<(string Group, string Version, string Plural), BuiltInResource> _resources;
    private readonly FrozenSet<string> _groups;

    /// <summary>Makes the catalog of a store; its tables are made if they are not there.</summary>
    public ResourceCatalog(ObjectStore store)
    {
        var resources = new Dictionary<(string, string, string), BuiltInResource>();
        foreach (var type in ResourceTypes.Instance.All.Where(type => type.IsServedByDefault && type.Schema is not null))
        {
            resources.Add((type.Group, type.Version, type.Plural), new(type, StoreOf(store, type)));
        }

        _resources = resources.ToFrozenDictionary();
        _groups = _resources.Keys.Select(key => key.Group).ToFrozenSet(StringComparer.Ordinal);
    }

    public IEnumerable<BuiltInResource> All => _resources.Values;

    public bool HasGroup(string group) => _groups.Contains(group);

    public BuiltInResource? Find(string group, string version, string plural) => _resources.GetValueOrDefault((group, version, plural));

    /// <summary>The table of a built-in resource, with the form of its objects.</summary>
    public static StoreResource StoreOf(ObjectStore store, ResourceType type)
    {
        var id = StoredVersions.IdOf(type);
        var apiVersion = StoredVersions.ApiVersionOf(type);
        ObjectForm? form = null;
        if (ApiKind.Find(apiVersion, type.Kind) is { } kind && ResourceTypes.Instance.TryGetKind(apiVersion, type.Kind, out var stored))
        {
            form = new KindForm(kind.Type, stored.Schema!);
        }

        return store.Resource(id, form);
    }
}
