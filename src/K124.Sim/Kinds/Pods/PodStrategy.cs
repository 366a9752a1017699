using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Pods;

/// <summary>Pods.</summary>
internal sealed class PodStrategy : KindStrategy
{
    private static readonly FieldPath SpecPath = FieldPath.Of("spec");
    private static readonly FieldPath AnnotationsPath = FieldPath.Of("metadata").Child("annotations");

    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "Pod";

    /// <inheritdoc/>
    public override bool HasStatus => true;

    private static SchemaType SpecType => SchemaFacts.Instance.Type("api.core.v1.PodSpec");

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version) => PodDefaults.FillPod(tree);

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        var spec = tree.Ensure("spec");
        tree["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = PodQos.ClassOf(spec) };
        PodDisabledFields.Drop(spec, null, context.Gates);
        SeccompSkew.Apply(tree);
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadataAndSpec(tree, context, errors);
        if (tree.Object("spec").Count("ephemeralContainers") > 0)
        {
            errors.Forbidden(SpecPath.Child("ephemeralContainers"), "cannot be set on create");
        }

        PodStatusRules.Addresses(tree.Object("status"), errors);
        SeccompSkew.Validate(tree, errors);
    }

    /// <inheritdoc/>
    public override void WarnOnCreate(JsonObject tree, KindContext context) =>
        PodWarnings.Warn(tree.Object("metadata"), tree.Object("spec"), null, context);

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "status");
        PodDisabledFields.Drop(tree.Ensure("spec"), old.Object("spec"), context.Gates);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        ValidateMetadataAndSpec(tree, context, errors);
        PodUpdateRules.Validate(tree, old, SpecType, errors);
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "spec");
        var metadata = tree.Ensure("metadata");
        metadata.CopyFrom(old.Object("metadata"), "deletionTimestamp");
        metadata.CopyFrom(old.Object("metadata"), "ownerReferences");
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        PodAnnotationRules.ValidateUpdate(
            tree.Object("metadata", "annotations"), old.Object("metadata", "annotations"), tree.Object("spec") ?? [], AnnotationsPath, errors);
        PodStatusRules.ValidateUpdate(tree, old, errors);
    }

    /// <inheritdoc/>
    public override void PrepareForSubresourceUpdate(string subresource, JsonObject tree, JsonObject old, KindContext context)
    {
        if (subresource != "ephemeralcontainers")
        {
            PrepareForUpdate(tree, old, context);
            return;
        }

        // Nothing else is taken from the request.
        var added = tree.Object("spec").List("ephemeralContainers")?.DeepClone();
        var version = tree.Object("metadata").Text("resourceVersion");
        tree.Clear();
        foreach (var (name, value) in old)
        {
            tree[name] = value?.DeepClone();
        }

        var spec = tree.Ensure("spec");
        spec.Remove("ephemeralContainers");
        if (added is not null)
        {
            spec["ephemeralContainers"] = added;
        }

        tree.Ensure("metadata").Set("resourceVersion", version);
        PodDisabledFields.Drop(spec, old.Object("spec"), context.Gates);
    }

    /// <inheritdoc/>
    public override void ValidateSubresourceUpdate(string subresource, JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        if (subresource != "ephemeralcontainers")
        {
            ValidateUpdate(tree, old, context, errors);
            return;
        }

        ValidateMetadataUpdate(tree, old, errors);
        ValidateMetadataAndSpec(tree, context, errors);
        PodUpdateRules.EphemeralContainers(tree.Object("spec"), old.Object("spec"), SpecPath.Child("ephemeralContainers"), errors);
    }

    private void ValidateMetadataAndSpec(JsonObject tree, KindContext context, FieldErrors errors)
    {
        var spec = tree.Ensure("spec");
        ValidateMetadata(tree, errors);
        PodAnnotationRules.Validate(tree.Object("metadata", "annotations"), spec, AnnotationsPath, errors);
        PodSpecRules.Validate(spec, tree.Object("metadata").Text("name"), context.AllowsPrivileged, SpecPath, errors);
        if (spec.Text("serviceAccountName").Length == 0)
        {
            TokensWithoutAccount(spec, errors);
        }

        ContainerRules.ImageBlanks(spec.Objects("containers"), SpecPath.Child("containers"), errors);
        ContainerRules.ImageBlanks(spec.Objects("initContainers"), SpecPath.Child("initContainers"), errors);
    }

    private static void TokensWithoutAccount(JsonObject spec, FieldErrors errors)
    {
        var volumes = spec.Objects("volumes");
        for (var i = 0; i < volumes.Count; i++)
        {
            var sources = volumes[i].Object("projected").Objects("sources");
            for (var j = 0; j < sources.Count; j++)
            {
                if (sources[j].Has("serviceAccountToken"))
                {
                    errors.Forbidden(
                        SpecPath.Child("volumes").Index(i).Child("projected", "sources").Index(j).Child("serviceAccountToken"),
                        "must not be specified when serviceAccountName is not set");
                }
            }
        }
    }
}
