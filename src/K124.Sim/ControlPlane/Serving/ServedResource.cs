using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Tables;
using K124.Sim.Patching.Apply;
using K124.Sim.Patching.Fields;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>A resource in one version, as the server serves it.</summary>
internal abstract class ServedResource(ResourceType type, StoreResource stored)
{
    public ResourceType Type { get; } = type;

    /// <summary>Where its objects are stored, whatever the version.</summary>
    public StoreResource Stored { get; } = stored;

    /// <summary>Whether it is a custom one.</summary>
    public virtual bool IsCustom => false;

    /// <summary>Whether a deletion answers with the object rather than with a status.</summary>
    public virtual bool DeletionReturnsObject => false;

    /// <summary>Whether dependents are left alone by a deletion that says nothing about them.</summary>
    public virtual bool OrphansByDefault => false;

    public abstract SelectableFields Fields { get; }

    public abstract TablePrinter Printer { get; }

    /// <summary>Type of the objects; null if strategic merge patches do not apply to them.</summary>
    public virtual SchemaType? Schema => Type.Schema;

    /// <summary>What every request to the version is warned of; empty if nothing.</summary>
    public virtual string Deprecation => "";

    /// <summary>The subresource's verbs; empty if it does not have it.</summary>
    public virtual ReadOnlySpan<string> VerbsOf(string subresource) =>
        Type.HasSubresource(subresource) ? SubresourceVerbs.Of(subresource) : [];

    /// <summary>A stored object in this version. It may be shared: only to be read.</summary>
    public abstract JsonObject FromStored(StoredObject item);

    /// <summary>An object as the server works on it, which is what its tables and its bare metadata are made from.</summary>
    public virtual JsonObject Internal(JsonObject tree) => tree;

    /// <summary>An object of this version in the version of the store.</summary>
    public abstract JsonObject ToStored(JsonObject tree);

    /// <summary>An object of the kind with nothing in it, as the server writes it.</summary>
    public abstract JsonObject Empty();

    /// <summary>Decodes, defaults, admits and validates a new object.</summary>
    public abstract ApiResult<JsonObject> Create(WriteRequest request, KindContext context);

    /// <summary>Decodes, defaults, admits and validates a changed object.</summary>
    public abstract ApiResult<JsonObject> Update(WriteRequest request, JsonObject? stored, KindContext context);

    /// <summary>Why a document does not decode as an object of this kind; null if it does.</summary>
    public abstract string? DecodingError(JsonNode? document);

    /// <summary>What keeps track of who owns which field.</summary>
    public abstract FieldManager Owners(string subresource);

    /// <summary>The scale of an object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="refusal">Why it has none.</param>
    /// <returns>The scale; null if it has none.</returns>
    public virtual JsonObject? ScaleOf(JsonObject item, out ApiStatus? refusal)
    {
        refusal = null;
        return ScaleBody.Of(item, item.Object("spec").Number("replicas"), item.Object("status").Number("replicas"), ScaleBody.SelectorOf(item));
    }

    /// <summary>Where the replicas stand, by version.</summary>
    public virtual IReadOnlyDictionary<string, FieldSet> ReplicasPaths =>
        new Dictionary<string, FieldSet>(StringComparer.Ordinal) { [Type.ApiVersion] = FieldSet.OfFields("spec", "replicas") };

    /// <summary>The scale of an object that has none yet.</summary>
    public virtual JsonObject EmptyScale(JsonObject item) => ScaleBody.Of(item, 0, 0, "");

    /// <summary>Writes the replicas of an object.</summary>
    public virtual void SetScale(JsonObject item, long replicas) => item.Ensure("spec")["replicas"] = replicas;
}
