using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Workloads;

/// <summary>PodTemplates.</summary>
internal sealed class PodTemplateStrategy : KindStrategy
{
    private static readonly FieldPath Path = FieldPath.Of("template");

    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "PodTemplate";

    /// <inheritdoc/>
    public override string GenerationMember => "template";

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version) => PodDefaults.FillTemplate(tree.Ensure("template"));

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        base.PrepareForCreate(tree, context);
        PodDisabledFields.Drop(tree.Object("template", "spec") ?? [], null, context.Gates);
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        TemplateRules.Template(tree.Object("template"), context.AllowsPrivileged, Path, errors);
    }

    /// <inheritdoc/>
    public override void WarnOnCreate(JsonObject tree, KindContext context) =>
        PodWarnings.Warn(tree.Object("template", "metadata"), tree.Object("template", "spec"), Path, context);

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        PodDisabledFields.Drop(tree.Object("template", "spec") ?? [], old.Object("template", "spec"), context.Gates);
        base.PrepareForUpdate(tree, old, context);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        TemplateRules.Template(tree.Object("template"), context.AllowsPrivileged, Path, errors);
    }

    /// <inheritdoc/>
    public override void WarnOnUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        if (tree.Object("metadata").Number("generation") != old.Object("metadata").Number("generation"))
        {
            WarnOnCreate(tree, context);
        }
    }
}
