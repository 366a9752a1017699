using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Workloads;

/// <summary>What workloads with a template have in common.</summary>
internal abstract class WorkloadStrategy : KindStrategy
{
    /// <summary>Path of the specification.</summary>
    protected static readonly FieldPath SpecPath = FieldPath.Of("spec");

    /// <summary>Path of the template.</summary>
    protected static readonly FieldPath TemplatePath = SpecPath.Child("template");

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override string GenerationMember => "spec";

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        var spec = tree.Ensure("spec");
        PodDefaults.FillTemplate(spec.Ensure("template"));
        DefaultSpec(tree, spec);
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        base.PrepareForCreate(tree, context);
        PodDisabledFields.Drop(PodSpecOf(tree), null, context.Gates);
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        ValidateSpec(tree.Ensure("spec"), context, errors);
    }

    /// <inheritdoc/>
    public override void WarnOnCreate(JsonObject tree, KindContext context) => WarnOfTemplate(tree, context);

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        PodDisabledFields.Drop(PodSpecOf(tree), PodSpecOf(old), context.Gates);
        base.PrepareForUpdate(tree, old, context);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        if (ValidatesWholeOnUpdate)
        {
            Validate(tree, context, errors);
        }

        ValidateMetadataUpdate(tree, old, errors);
        ValidateSpec(tree.Ensure("spec"), context, errors);
        ValidateSpecUpdate(tree, old, errors);
    }

    /// <inheritdoc/>
    public override void WarnOnUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        if (tree.Object("metadata").Number("generation") != old.Object("metadata").Number("generation"))
        {
            WarnOfTemplate(tree, context);
        }
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        ValidateStatus(tree.Object("status"), old.Object("status"), errors);
    }

    /// <summary>Whether an update is first checked as a new object, so that its errors come twice.</summary>
    protected virtual bool ValidatesWholeOnUpdate => false;

    /// <summary>Fills the specification beside the template.</summary>
    protected abstract void DefaultSpec(JsonObject tree, JsonObject spec);

    /// <summary>Checks the specification.</summary>
    protected abstract void ValidateSpec(JsonObject spec, KindContext context, FieldErrors errors);

    /// <summary>Checks what may not change in the specification.</summary>
    protected virtual void ValidateSpecUpdate(JsonObject tree, JsonObject old, FieldErrors errors) => Immutable(tree, old, "selector", errors);

    /// <summary>Checks the status.</summary>
    protected abstract void ValidateStatus(JsonObject? status, JsonObject? old, FieldErrors errors);

    /// <summary>Refuses a change of a member of the specification.</summary>
    protected void Immutable(JsonObject tree, JsonObject old, string member, FieldErrors errors)
    {
        var specType = SchemaIn("v1").Field("spec").Shape.Type!;
        if (!SchemaEquality.MemberEquals(specType, tree.Object("spec"), old.Object("spec"), member))
        {
            errors.Immutable(SpecPath.Child(member), tree.Object("spec")?[member]);
        }
    }

    /// <summary>Checks a selector of labels: it is there, holds something and can be used.</summary>
    /// <returns>Whether the template can be compared with it.</returns>
    protected static bool Selector(JsonObject spec, string emptyText, string unusableText, FieldErrors errors)
    {
        var path = SpecPath.Child("selector");
        var selector = spec.Object("selector");
        if (selector is null)
        {
            errors.Required(path);
        }
        else
        {
            LabelRules.Selector(selector, path, errors);
            if (LabelMatch.IsEmpty(selector))
            {
                errors.InvalidValue(path, selector, emptyText);
            }
        }

        if (LabelMatch.IsUsable(selector))
        {
            return true;
        }

        errors.InvalidValue(path, selector, unusableText);
        return false;
    }

    /// <summary>Warns of the template.</summary>
    protected static void WarnOfTemplate(JsonObject tree, KindContext context)
    {
        var template = tree.Object("spec", "template");
        PodWarnings.Warn(template.Object("metadata"), template.Object("spec"), TemplatePath, context);
    }

    private static JsonObject PodSpecOf(JsonObject tree) => tree.Object("spec", "template").Object("spec") ?? [];
}
