using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds;

/// <summary>What the API server does to objects of one kind. A kind without rules of its own follows the schema and the rules of all
/// kinds.</summary>
/// <remarks>Objects are in the working form of <see cref="ObjectDecoder"/>: absent members are zero.</remarks>
internal abstract class KindStrategy
{
    /// <summary>Group of the kind; empty for the core group.</summary>
    public abstract string Group { get; }

    /// <summary>The kind.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether objects live in namespaces.</summary>
    public virtual bool IsNamespaced => true;

    /// <summary>Group that errors of validation name.</summary>
    public virtual string ErrorGroup => Group;

    /// <summary>Whether the kind has a status that only its own subresource changes.</summary>
    public virtual bool HasStatus => false;

    /// <summary>Member whose changes <c>metadata.generation</c> counts; empty if it counts nothing.</summary>
    public virtual string GenerationMember => "";

    /// <summary>Whether finalizers without a domain must be the known ones.</summary>
    public virtual bool ChecksFinalizers => true;

    /// <summary>Whether a PUT may make an object.</summary>
    public virtual bool AllowsCreateOnUpdate => false;

    /// <summary>Whether a PUT may leave out the version that it is based on.</summary>
    public virtual bool AllowsUnconditionalUpdate => true;

    /// <summary>What is wrong with a name; a prefix may end in a dash.</summary>
    public virtual string[] NameErrors(string name, bool isPrefix) => MetadataRules.Subdomain(name, isPrefix);

    /// <summary>The name of an object that gave a prefix only, or nothing.</summary>
    /// <param name="prefix">The prefix; empty if there is none.</param>
    /// <param name="names">Source of letters.</param>
    /// <returns>The name; empty if there is none.</returns>
    public virtual string GenerateName(string prefix, INameSource names)
    {
        const int LongestPrefix = 58;
        const int SuffixLength = 5;
        return prefix.Length == 0 ? "" : prefix[..Math.Min(prefix.Length, LongestPrefix)] + names.RandomSuffix(SuffixLength);
    }

    /// <summary>Fills what the version of the API defines for absent members.</summary>
    /// <param name="tree">The object.</param>
    /// <param name="version">The version that it is in.</param>
    public virtual void Default(JsonObject tree, string version)
    {
    }

    /// <summary>Prepares a new object: its status, its generation, members that are switched off.</summary>
    public virtual void PrepareForCreate(JsonObject tree, KindContext context)
    {
        if (HasStatus)
        {
            tree.Remove("status");
        }

        if (GenerationMember.Length > 0)
        {
            tree.Ensure("metadata")["generation"] = 1L;
        }
    }

    /// <summary>Finds what is wrong with a new object.</summary>
    public virtual void Validate(JsonObject tree, KindContext context, FieldErrors errors) => ValidateMetadata(tree, errors);

    /// <summary>Says what is questionable in a new object.</summary>
    public virtual void WarnOnCreate(JsonObject tree, KindContext context)
    {
    }

    /// <summary>Prepares an update: what it may not touch comes from the stored object.</summary>
    public virtual void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        if (HasStatus)
        {
            tree.CopyFrom(old, "status");
        }

        if (GenerationMember.Length > 0 && !Same(tree, old, GenerationMember))
        {
            BumpGeneration(tree, old);
        }
    }

    /// <summary>Finds what is wrong with an update.</summary>
    public virtual void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) =>
        ValidateMetadataUpdate(tree, old, errors);

    /// <summary>Says what is questionable in an update.</summary>
    public virtual void WarnOnUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
    }

    /// <summary>Prepares an update of the status: the rest comes from the stored object.</summary>
    public virtual void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context) => tree.CopyFrom(old, "spec");

    /// <summary>Finds what is wrong with an update of the status.</summary>
    public virtual void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) =>
        ValidateMetadataUpdate(tree, old, errors);

    /// <summary>Prepares an update through another subresource than the status.</summary>
    public virtual void PrepareForSubresourceUpdate(string subresource, JsonObject tree, JsonObject old, KindContext context) =>
        PrepareForUpdate(tree, old, context);

    /// <summary>Finds what is wrong with an update through another subresource than the status.</summary>
    public virtual void ValidateSubresourceUpdate(string subresource, JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) =>
        ValidateUpdate(tree, old, context, errors);

    /// <summary>Why an object cannot be deleted; null if it can.</summary>
    public virtual string? DeletionProblem(JsonObject tree) => null;

    /// <summary>Makes of an accepted object what a reader of the store would get.</summary>
    /// <param name="tree">The object.</param>
    /// <param name="old">The object as stored before; null if it is new.</param>
    /// <param name="context">The surroundings.</param>
    public virtual void ReadBack(JsonObject tree, JsonObject? old, KindContext context)
    {
    }

    /// <summary>The type of the kind in a version.</summary>
    protected SchemaType SchemaIn(string version) => SchemaFacts.Instance.TryGetKind(Group, version, Kind, out var schema)
        ? schema
        : throw new InvalidOperationException($"There is no type of {Kind} in {Group}/{version}.");

    /// <summary>Whether a member is the same in two objects of the kind.</summary>
    protected bool Same(JsonObject tree, JsonObject old, string member)
    {
        var apiVersion = tree.Text("apiVersion");
        return SchemaEquality.MemberEquals(SchemaIn(apiVersion[(apiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..]), tree, old, member);
    }

    /// <summary>Counts a change.</summary>
    protected static void BumpGeneration(JsonObject tree, JsonObject old) =>
        tree.Ensure("metadata")["generation"] = old.Object("metadata").Number("generation") + 1;

    /// <summary>Checks the metadata of a new object.</summary>
    protected void ValidateMetadata(JsonObject tree, FieldErrors errors)
    {
        MetadataRules.ValidateGeneric(tree.Object("metadata"), IsNamespaced, NameErrors, errors);
        if (ChecksFinalizers)
        {
            MetadataRules.StandardFinalizers(tree.Object("metadata"), errors);
        }
    }

    /// <summary>Checks the metadata of an update.</summary>
    protected void ValidateMetadataUpdate(JsonObject tree, JsonObject old, FieldErrors errors)
    {
        MetadataRules.ValidateUpdate(tree.Ensure("metadata"), old.Object("metadata"), errors);
        if (ChecksFinalizers)
        {
            MetadataRules.StandardFinalizers(tree.Object("metadata"), errors);
        }
    }
}
