using K124.Sim.Api;

namespace K124.Sim.Collecting;

/// <summary>The garbage collector's connection to the API server: objects of any kind, by their metadata.</summary>
internal interface IMetadataClient
{
    /// <summary>Whether objects of a kind live in a namespace; null if the kind is not served.</summary>
    bool? IsNamespaced(string apiVersion, string kind);

    /// <summary>An object as the server has it; null if it is gone.</summary>
    MetadataObject? Get(string apiVersion, string kind, string space, string name);

    /// <summary>Changes an object's metadata.</summary>
    /// <returns>The refusal; null if there was none.</returns>
    ApiStatus? Patch(ObjectIdentity item, PatchType type, string patch);

    /// <summary>Deletes an object.</summary>
    /// <returns>The refusal; null if there was none.</returns>
    ApiStatus? Delete(ObjectIdentity item, DeleteOptions options);
}

/// <summary>What the graph files for the workers.</summary>
internal interface ICollectionQueue
{
    /// <summary>Has an object looked at.</summary>
    void Check(CollectionItem item);

    /// <summary>Has an object looked at after its back-off.</summary>
    void CheckLater(CollectionItem item);

    /// <summary>Has an object's dependents made orphans.</summary>
    void Orphan(CollectionItem item);
}

/// <summary>An object to be worked on.</summary>
/// <param name="Uid">Its uid.</param>
/// <param name="Presumed">Who it was thought to be if it had only been spoken of when it was filed.</param>
internal readonly record struct CollectionItem(string Uid, ObjectIdentity? Presumed);
