using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Policy;

/// <summary>Namespaces.</summary>
internal sealed class NamespaceStrategy : KindStrategy
{
    private const string NameLabel = "kubernetes.io/metadata.name";
    private const string Finalizer = "kubernetes";

    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "Namespace";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override string[] NameErrors(string name, bool isPrefix) => MetadataRules.Label(name, isPrefix);

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        Label(tree);
        tree.Ensure("status").Default("phase", "Active");
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        tree["status"] = new JsonObject { ["phase"] = "Active" };
        var spec = tree.Ensure("spec");
        if (!spec.Texts("finalizers").Contains(Finalizer))
        {
            spec.EnsureList("finalizers").Add((JsonNode)JsonValue.Create(Finalizer));
        }

        Label(tree);
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        Finalizers(tree.Object("spec").Texts("finalizers"), isIndexed: false, errors);
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.Ensure("spec").CopyFrom(old.Object("spec"), "finalizers");
        tree.CopyFrom(old, "status");
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        ValidateMetadataUpdate(tree, old, errors);
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        var phase = tree.Object("status").Text("phase");
        var path = FieldPath.Of("status").Child("Phase");
        if (!tree.Object("metadata").Has("deletionTimestamp"))
        {
            if (phase != "Active")
            {
                errors.Invalid(path, phase, "may only be 'Active' if `deletionTimestamp` is empty");
            }
        }
        else if (phase != "Terminating")
        {
            errors.Invalid(path, phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
        }
    }

    /// <inheritdoc/>
    public override void PrepareForSubresourceUpdate(string subresource, JsonObject tree, JsonObject old, KindContext context) =>
        tree.CopyFrom(old, "status");

    /// <inheritdoc/>
    public override void ValidateSubresourceUpdate(string subresource, JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        Finalizers(tree.Object("spec").Texts("finalizers"), isIndexed: true, errors);
    }

    private static void Label(JsonObject tree)
    {
        var metadata = tree.Ensure("metadata");
        if (metadata.Text("name") is { Length: > 0 } name)
        {
            metadata.Ensure("labels")[NameLabel] = name;
        }
    }

    private static void Finalizers(IReadOnlyList<string> finalizers, bool isIndexed, FieldErrors errors)
    {
        var list = FieldPath.Of("spec").Child("finalizers");
        for (var i = 0; i < finalizers.Count; i++)
        {
            var finalizer = finalizers[i];
            var path = isIndexed ? list.Index(i) : list;
            errors.InvalidAll(path, finalizer, NameRules.QualifiedName(finalizer));
            if (!finalizer.Contains('/', StringComparison.Ordinal) && finalizer is not (Finalizer or "orphan" or "foregroundDeletion"))
            {
                errors.Invalid(path, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }
}
