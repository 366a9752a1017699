using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Workloads;

/// <summary>ReplicaSets.</summary>
internal sealed class ReplicaSetStrategy : WorkloadStrategy
{
    /// <inheritdoc/>
    public override string Group => "apps";

    /// <inheritdoc/>
    public override string Kind => "ReplicaSet";

    /// <summary>Checks a template of a ReplicaSet or Deployment.</summary>
    public static void Template(JsonObject spec, long replicas, KindContext context, FieldErrors errors)
    {
        var template = spec.Object("template");
        if (!LabelMatch.IsEmpty(spec.Object("selector")))
        {
            TemplateRules.Matches(spec.Object("selector"), template, TemplatePath, errors);
        }

        TemplateRules.Template(template, context.AllowsPrivileged, TemplatePath, errors);
        if (replicas > 1)
        {
            TemplateRules.SharedDisks(template, TemplatePath, errors);
        }

        TemplateRules.RunsForever(template, "ReplicaSet", TemplatePath, errors);
    }

    /// <inheritdoc/>
    protected override bool ValidatesWholeOnUpdate => true;

    /// <inheritdoc/>
    protected override void DefaultSpec(JsonObject tree, JsonObject spec) => spec.Default("replicas", 1);

    /// <inheritdoc/>
    protected override void ValidateSpec(JsonObject spec, KindContext context, FieldErrors errors)
    {
        errors.NotNegative(SpecPath.Child("replicas"), spec.NumberOrNull("replicas"));
        errors.NotNegative(SpecPath.Child("minReadySeconds"), spec.Number("minReadySeconds"));
        if (Selector(spec, "empty selector is invalid for deployment", "invalid label selector", errors))
        {
            Template(spec, spec.Number("replicas"), context, errors);
        }
    }

    /// <inheritdoc/>
    protected override void ValidateStatus(JsonObject? status, JsonObject? old, FieldErrors errors)
    {
        StatusCounters.NotNegative(
            status, errors, "replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration");
        StatusCounters.WithinReplicas(status, errors, "fullyLabeledReplicas", "readyReplicas", "availableReplicas");
    }
}
