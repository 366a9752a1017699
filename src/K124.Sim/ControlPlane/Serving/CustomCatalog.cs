using K124.Sim.Kinds.CustomResources;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The custom resources that a server serves, as their stored definitions say.</summary>
internal sealed class CustomCatalog(ObjectStore store)
{
    private readonly StoreResource _definitions = store.Resource(new("apiextensions.k8s.io", "customresourcedefinitions"));
    private readonly Dictionary<string, (StoredObject State, CustomResourceDefinition Definition)> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<(StoredObject State, string Version), CustomResource> _resources = [];

    /// <summary>The resources that are served, one a version.</summary>
    public IEnumerable<CustomResource> All => store.List(_definitions).SelectMany(state =>
    {
        var definition = Read(state);
        return definition.IsEstablished ? definition.ServedVersions.Select(version => Resource(state, definition, version)) : [];
    });

    public bool HasGroup(string group) => store.List(_definitions).Any(state => Read(state).Group == group);

    /// <summary>Finds a resource that is served.</summary>
    public CustomResource? Find(string group, string version, string plural)
    {
        if (store.Get(_definitions, new ObjectKey("", $"{plural}.{group}")) is not { } state)
        {
            return null;
        }

        var definition = Read(state);
        var served = definition.ServedVersions.FirstOrDefault(candidate => candidate.Name == version);
        return definition.IsEstablished && served is not null ? Resource(state, definition, served) : null;
    }

    /// <summary>Finds the resource in the version of the store; null if the definition is not served.</summary>
    public CustomResource? FindStored(StoredObject state)
    {
        var definition = Read(state);
        return Resource(state, definition, definition.StorageVersion);
    }

    private CustomResourceDefinition Read(StoredObject state)
    {
        if (!_read.TryGetValue(state.Key.Name, out var read) || !ReferenceEquals(read.State, state))
        {
            read = (state, CustomResourceDefinition.Of(state.Tree));
            _read[state.Key.Name] = read;
            foreach (var outdated in _resources.Keys.Where(key => key.State.Key == state.Key && !ReferenceEquals(key.State, state)).ToArray())
            {
                _resources.Remove(outdated);
            }
        }

        return read.Definition;
    }

    private CustomResource Resource(StoredObject state, CustomResourceDefinition definition, CustomResourceVersion version)
    {
        if (!_resources.TryGetValue((state, version.Name), out var resource))
        {
            resource = new(new CustomResourceKind(definition, version), store.Resource(new(definition.Group, definition.Plural)));
            _resources.Add((state, version.Name), resource);
        }

        return resource;
    }
}
