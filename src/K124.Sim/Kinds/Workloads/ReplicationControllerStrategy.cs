using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Workloads;

/// <summary>ReplicationControllers.</summary>
internal sealed class ReplicationControllerStrategy : WorkloadStrategy
{
    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "ReplicationController";

    /// <inheritdoc/>
    protected override bool ValidatesWholeOnUpdate => true;

    // Here, and only here, warnings leave the specification out.
    /// <inheritdoc/>
    public override void WarnOnCreate(JsonObject tree, KindContext context)
    {
        var template = tree.Object("spec", "template");
        PodWarnings.Warn(template.Object("metadata"), template.Object("spec"), FieldPath.Of("template"), context);
    }

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        var spec = tree.Ensure("spec");
        if (spec.Object("template") is { } template)
        {
            PodDefaults.FillTemplate(template);
        }

        DefaultSpec(tree, spec);
    }

    /// <inheritdoc/>
    protected override void DefaultSpec(JsonObject tree, JsonObject spec)
    {
        spec.Default("replicas", 1);
        var labels = spec.Object("template").Object("metadata", "labels");
        if (labels.IsEmpty())
        {
            return;
        }

        if (spec.Object("selector").IsEmpty())
        {
            spec["selector"] = labels!.DeepClone();
        }

        var metadata = tree.Ensure("metadata");
        if (metadata.Object("labels").IsEmpty())
        {
            metadata["labels"] = labels!.DeepClone();
        }
    }

    /// <inheritdoc/>
    protected override void ValidateSpec(JsonObject spec, KindContext context, FieldErrors errors)
    {
        errors.NotNegative(SpecPath.Child("minReadySeconds"), spec.Number("minReadySeconds"));
        var selector = spec.Object("selector");
        if (selector.IsEmpty())
        {
            errors.Required(SpecPath.Child("selector"));
        }

        errors.NotNegative(SpecPath.Child("replicas"), spec.NumberOrNull("replicas"));
        Template(spec, selector, context, errors);
    }

    /// <inheritdoc/>
    protected override void ValidateSpecUpdate(JsonObject tree, JsonObject old, FieldErrors errors)
    {
    }

    /// <inheritdoc/>
    protected override void ValidateStatus(JsonObject? status, JsonObject? old, FieldErrors errors)
    {
        StatusCounters.NotNegative(
            status, errors, "replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration");
        StatusCounters.WithinReplicas(status, errors, "fullyLabeledReplicas", "readyReplicas", "availableReplicas");
    }

    private static void Template(JsonObject spec, JsonObject? selector, KindContext context, FieldErrors errors)
    {
        if (!spec.Has("template"))
        {
            errors.Required(TemplatePath);
            return;
        }

        var template = spec.Object("template");
        if (!selector.IsEmpty())
        {
            TemplateRules.Matches(new JsonObject { ["matchLabels"] = selector!.DeepClone() }, template, TemplatePath, errors);
        }

        TemplateRules.Template(template, context.AllowsPrivileged, TemplatePath, errors);
        if (spec.Number("replicas") > 1)
        {
            TemplateRules.SharedDisks(template, TemplatePath, errors);
        }

        TemplateRules.RunsForever(template, "ReplicationController", TemplatePath, errors);
    }
}
