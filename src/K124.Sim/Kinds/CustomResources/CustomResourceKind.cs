using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>What the server does to objects of a custom resource in one of its versions.</summary>
internal sealed class CustomResourceKind : KindStrategy
{
    private readonly Func<JsonObject, string, JsonObject>? _convert;

    /// <summary>Makes the strategy of a version.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="version">The version.</param>
    /// <param name="convert">Converts an object into another <c>apiVersion</c> where the definition asks for a webhook; null for
    /// conversion that only renames the version.</param>
    public CustomResourceKind(CustomResourceDefinition definition, CustomResourceVersion version, Func<JsonObject, string, JsonObject>? convert = null)
    {
        Definition = definition;
        Version = version;
        Resource = definition.ResourceOf(version);
        _convert = definition.ConvertsByWebhook ? convert : null;
    }

    /// <summary>The definition.</summary>
    public CustomResourceDefinition Definition { get; }

    /// <summary>The version.</summary>
    public CustomResourceVersion Version { get; }

    /// <summary>The resource in that version.</summary>
    public ResourceType Resource { get; }

    /// <inheritdoc/>
    public override string Group => Definition.Group;

    /// <inheritdoc/>
    public override string Kind => Definition.Kind;

    /// <inheritdoc/>
    public override bool IsNamespaced => Definition.IsNamespaced;

    /// <inheritdoc/>
    public override bool HasStatus => Version.HasStatus;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <summary>Brings a body into its working form: defaults filled in, unknown members gone, keys sorted.</summary>
    /// <param name="body">The body; it is not changed.</param>
    /// <param name="error">What is wrong with its metadata; null if nothing is.</param>
    public JsonObject Read(JsonObject body, out string? error)
    {
        var tree = body.DeepClone().AsObject();
        error = null;
        if (tree["metadata"] is { } metadata)
        {
            tree["metadata"] = ObjectDecoder.Decode(SchemaFacts.Instance.Type("apimachinery.pkg.apis.meta.v1.ObjectMeta"), metadata, out error);
        }

        SchemaDefaulting.Default(tree, Version.Schema);
        SchemaPruning.Prune(tree, Version.Schema);
        return SortedKeys.Sort(tree);
    }

    /// <summary>An object of this version as it is stored.</summary>
    public JsonObject ToStorage(JsonObject tree) => InVersion(tree, Definition.StorageVersion);

    /// <summary>A stored object in this version.</summary>
    public JsonObject FromStorage(JsonObject stored)
    {
        var tree = stored.DeepClone().AsObject();
        SchemaDefaulting.Default(tree, Definition.StorageVersion.Schema);
        return InVersion(tree, Version);
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        if (HasStatus)
        {
            tree.Remove("status");
        }

        tree.Ensure("metadata")["generation"] = 1L;
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        if (CheckKind(tree, errors))
        {
            MetadataRules.ValidateGeneric(tree.Object("metadata"), IsNamespaced, NameErrors, errors);
            ValidateContent(tree, withSpec: true, errors);
        }
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        if (HasStatus)
        {
            tree.CopyFrom(old, "status");
        }

        if (!GoJson.AreEqual(WithoutMetadata(tree), WithoutMetadata(old)))
        {
            BumpGeneration(tree, old);
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        if (CheckKind(tree, errors))
        {
            ValidateContent(tree, withSpec: true, errors);
        }
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        var status = tree["status"]?.DeepClone();
        var owners = tree.Object("metadata").List("managedFields")?.DeepClone();
        var version = tree.Object("metadata").Text("resourceVersion");
        tree.Clear();
        foreach (var (key, value) in old)
        {
            tree.Add(key, value?.DeepClone());
        }

        tree.Ensure("metadata").Set("resourceVersion", version);
        SetOrRemove(tree.Ensure("metadata"), "managedFields", owners);
        SetOrRemove(tree, "status", status);
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        if (CheckKind(tree, errors))
        {
            AddSchemaErrors(tree, errors);
            AddScaleErrors(tree, withSpec: false, errors);
        }
    }

    private static void SetOrRemove(JsonObject tree, string member, JsonNode? value)
    {
        if (value is null)
        {
            tree.Remove(member);
        }
        else
        {
            tree[member] = value;
        }
    }

    private static JsonObject WithoutMetadata(JsonObject tree)
    {
        var copy = tree.DeepClone().AsObject();
        copy.Remove("metadata");
        return copy;
    }

    private JsonObject InVersion(JsonObject tree, CustomResourceVersion version)
    {
        var apiVersion = $"{Group}/{version.Name}";
        var result = tree;
        if (tree.Text("apiVersion") != apiVersion)
        {
            result = _convert?.Invoke(tree, apiVersion) ?? tree.DeepClone().AsObject();
            result["apiVersion"] = apiVersion;
        }
        else
        {
            result = tree.DeepClone().AsObject();
        }

        SchemaPruning.Prune(result, version.Schema);
        return SortedKeys.Sort(result);
    }

    private bool CheckKind(JsonObject tree, FieldErrors errors)
    {
        var kind = tree.Text("kind");
        if (kind != Kind)
        {
            errors.Invalid(FieldPath.Of("kind"), kind, $"must be {Kind}");
        }

        var apiVersion = tree.Text("apiVersion");
        if (apiVersion != Resource.ApiVersion)
        {
            errors.Invalid(FieldPath.Of("apiVersion"), apiVersion, $"must be {Resource.ApiVersion}");
        }

        return errors.Count == 0;
    }

    private void ValidateContent(JsonObject tree, bool withSpec, FieldErrors errors)
    {
        AddSchemaErrors(tree, errors);
        AddScaleErrors(tree, withSpec, errors);
        var found = new List<FieldError>();
        ListInvariants.Validate(tree, Version.Schema, found);
        Add(found, errors);
    }

    private void AddSchemaErrors(JsonObject tree, FieldErrors errors) => Add(SchemaValidation.Validate(tree, Version.Schema), errors);

    private void AddScaleErrors(JsonObject tree, bool withSpec, FieldErrors errors)
    {
        var found = new List<FieldError>();
        Version.Scale?.Validate(tree, withSpec, found);
        Add(found, errors);
    }

    private static void Add(IEnumerable<FieldError> found, FieldErrors errors)
    {
        foreach (var error in found)
        {
            errors.Add(error);
        }
    }
}
