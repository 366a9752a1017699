using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>The definitions of custom resources.</summary>
/// <remarks>Kubernetes 1.24 apiextensions-apiserver/pkg/apis/apiextensions and pkg/registry/customresourcedefinition.</remarks>
internal sealed class CustomResourceDefinitionStrategy : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "apiextensions.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "CustomResourceDefinition";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override string GenerationMember => "spec";

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        var spec = tree.Ensure("spec");
        var names = spec.Ensure("names");
        var kind = names.Text("kind");
        if (names.Text("singular").Length == 0)
        {
            names.Set("singular", kind.ToLowerInvariant());
        }

        if (names.Text("listKind").Length == 0 && kind.Length > 0)
        {
            names.Set("listKind", kind + "List");
        }

        if (!spec.Has("conversion"))
        {
            spec["conversion"] = new JsonObject { ["strategy"] = "None" };
        }
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        base.PrepareForCreate(tree, context);
        var stored = new JsonArray();
        foreach (var version in tree.Object("spec").Objects("versions"))
        {
            if (version.Flag("storage"))
            {
                stored.Add((JsonNode)version.Text("name"));
                break;
            }
        }

        tree["status"] = new JsonObject { ["storedVersions"] = stored };
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        base.PrepareForUpdate(tree, old, context);
        foreach (var version in tree.Object("spec").Objects("versions"))
        {
            var stored = tree.Ensure("status").EnsureList("storedVersions");
            if (version.Flag("storage") && !stored.Any(name => JsonTree.AsText(name) == version.Text("name")))
            {
                stored.Add((JsonNode)version.Text("name"));
            }
        }
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        base.PrepareForStatusUpdate(tree, old, context);

        // Through the status only the status and its owners change.
        var owners = tree.Object("metadata")?["managedFields"]?.DeepClone();
        var metadata = (JsonObject)old.Object("metadata")!.DeepClone();
        if (owners is not null)
        {
            metadata["managedFields"] = owners;
        }

        tree["metadata"] = metadata;
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var spec = tree.Object("spec");
        var (name, plural, group) = (tree.Object("metadata").Text("name"), spec.Object("names").Text("plural"), spec.Text("group"));
        if (name != $"{plural}.{group}" && name.Length > 0)
        {
            errors.Invalid(FieldPath.Of("metadata.name"), name, "must be spec.names.plural+\".\"+spec.group");
        }

        CustomResourceDefinitionRules.Spec(spec, errors);
        CustomResourceDefinitionRules.StoredVersions(tree, errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        CustomResourceDefinitionRules.Spec(tree.Object("spec"), errors);
        var isEstablished = CustomResourceConditions.IsTrue(old, "Established");
        Immutable(tree, old, "scope", isEstablished, errors);
        Immutable(tree, old, "names.kind", isEstablished, errors);
        Immutable(tree, old, "group", isRefused: true, errors);
        Immutable(tree, old, "names.plural", isRefused: true, errors);
        CustomResourceDefinitionRules.StoredVersions(tree, errors);
    }

    private static void Immutable(JsonObject tree, JsonObject old, string path, bool isRefused, FieldErrors errors)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var (now, before) = (tree.Object("spec"), old.Object("spec"));
        if (dot > 0)
        {
            (now, before) = (now.Object(path[..dot]), before.Object(path[..dot]));
        }

        var member = path[(dot + 1)..];
        if (isRefused && now.Text(member) != before.Text(member))
        {
            errors.Invalid(FieldPath.Of("spec").Child(path), now.Text(member), "field is immutable");
        }
    }
}
