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
        ValidateSpec(tree, errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        ValidateSpec(tree, errors);
        var (spec, before) = (tree.Object("spec"), old.Object("spec"));
        if (CustomResourceConditions.IsTrue(old, "Established"))
        {
            foreach (var member in (ReadOnlySpan<string>)["group", "scope"])
            {
                if (spec.Text(member) != before.Text(member))
                {
                    errors.Invalid(FieldPath.Of($"spec.{member}"), spec.Text(member), "field is immutable");
                }
            }
        }
    }

    private static void ValidateSpec(JsonObject tree, FieldErrors errors)
    {
        var spec = tree.Object("spec");
        var (name, plural, group) = (tree.Object("metadata").Text("name"), spec.Object("names").Text("plural"), spec.Text("group"));
        if (name != $"{plural}.{group}" && name.Length > 0)
        {
            errors.Invalid(FieldPath.Of("metadata.name"), name, "must be spec.names.plural+\".\"+spec.group");
        }

        var i = 0;
        foreach (var version in spec.Objects("versions"))
        {
            var path = $"spec.versions[{i++}].schema.openAPIV3Schema";
            var schema = version.Object("schema", "openAPIV3Schema");
            if (schema is null)
            {
                errors.Required(FieldPath.Of(path), "schemas are required");
            }
            else if (schema.Text("type").Length == 0)
            {
                errors.Required(FieldPath.Of(path + ".type"), "must not be empty at the root");
            }
            else if (schema.Text("type") != "object")
            {
                errors.Invalid(FieldPath.Of(path + ".type"), schema.Text("type"), "must be object at the root");
            }
        }
    }
}
