using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Workloads;

/// <summary>StatefulSets. Their templates are not looked into.</summary>
internal sealed class StatefulSetStrategy : WorkloadStrategy
{
    private const string OtherFields = "updates to statefulset spec for fields other than 'replicas', 'template', 'updateStrategy', "
        + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

    /// <inheritdoc/>
    public override string Group => "apps";

    /// <inheritdoc/>
    public override string Kind => "StatefulSet";

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        Drop(tree.Ensure("spec"));
        base.PrepareForCreate(tree, context);
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        Drop(tree.Ensure("spec"));
        base.PrepareForUpdate(tree, old, context);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        ValidateMetadataUpdate(tree, old, errors);
        ValidateSpecUpdate(tree, old, errors);
        errors.NotNegative(SpecPath.Child("replicas"), tree.Object("spec").NumberOrNull("replicas"));
        errors.NotNegative(SpecPath.Child("minReadySeconds"), tree.Object("spec").Number("minReadySeconds"));
    }

    /// <inheritdoc/>
    protected override void DefaultSpec(JsonObject tree, JsonObject spec)
    {
        spec.Default("podManagementPolicy", "OrderedReady");
        var strategy = spec.Ensure("updateStrategy");
        if (!strategy.ContainsKey("type"))
        {
            strategy["type"] = "RollingUpdate";
            strategy.Ensure("rollingUpdate").Default("partition", 0);
        }

        if (strategy.Text("type") == "RollingUpdate")
        {
            strategy.Object("rollingUpdate")?.Default("partition", 0);
        }

        spec.Default("replicas", 1);
        spec.Default("revisionHistoryLimit", 10);
        foreach (var claim in spec.Objects("volumeClaimTemplates"))
        {
            claim["kind"] = "PersistentVolumeClaim";
            claim["apiVersion"] = "v1";
            claim.Ensure("spec").Default("volumeMode", "Filesystem");
            claim.Ensure("status").Default("phase", "Pending");
        }
    }

    /// <inheritdoc/>
    protected override void ValidateSpec(JsonObject spec, KindContext context, FieldErrors errors)
    {
        switch (spec.Text("podManagementPolicy"))
        {
            case "OrderedReady" or "Parallel":
                break;
            case "":
                errors.Required(SpecPath.Child("podManagementPolicy"));
                break;
            case var other:
                errors.Invalid(SpecPath.Child("podManagementPolicy"), other, "must be 'OrderedReady' or 'Parallel'");
                break;
        }

        Strategy(spec.Object("updateStrategy") ?? [], SpecPath.Child("updateStrategy"), errors);
        errors.NotNegative(SpecPath.Child("replicas"), spec.NumberOrNull("replicas"));
        errors.NotNegative(SpecPath.Child("minReadySeconds"), spec.Number("minReadySeconds"));
        var template = spec.Object("template");
        if (Selector(spec, "empty selector is invalid for statefulset", "", errors))
        {
            if (!LabelMatch.IsEmpty(spec.Object("selector")))
            {
                TemplateRules.Matches(spec.Object("selector"), template, TemplatePath, errors);
            }

            TemplateRules.Metadata(template, TemplatePath, errors);
            PodAnnotationRules.Validate(
                template.Object("metadata", "annotations"), template.Object("spec") ?? [], TemplatePath.Child("annotations"), errors);
        }

        TemplateRules.RunsForever(template, "StatefulSet", TemplatePath, errors);
    }

    /// <inheritdoc/>
    protected override void ValidateSpecUpdate(JsonObject tree, JsonObject old, FieldErrors errors)
    {
        var type = SchemaIn("v1").Field("spec").Shape.Type!;
        foreach (var field in type.Fields)
        {
            if (field.Name is not ("replicas" or "template" or "updateStrategy" or "persistentVolumeClaimRetentionPolicy" or "minReadySeconds")
                && !SchemaEquality.MemberEquals(type, tree.Object("spec"), old.Object("spec"), field.Name))
            {
                errors.Forbidden(SpecPath, OtherFields);
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override void ValidateStatus(JsonObject? status, JsonObject? old, FieldErrors errors)
    {
        StatusCounters.NotNegative(
            status, errors, "replicas", "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas", "observedGeneration", "collisionCount");
        StatusCounters.WithinReplicas(status, errors, "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas");
        StatusCounters.Collisions(status, old, errors);
    }

    // Their feature gates are off.
    private static void Drop(JsonObject spec)
    {
        spec.Remove("persistentVolumeClaimRetentionPolicy");
        spec.Object("updateStrategy", "rollingUpdate")?.Remove("maxUnavailable");
    }

    private static void Strategy(JsonObject strategy, FieldPath path, FieldErrors errors)
    {
        switch (strategy.Text("type"))
        {
            case "":
                errors.Required(path);
                break;
            case "OnDelete":
                if (strategy.Object("rollingUpdate") is { } useless)
                {
                    errors.InvalidValue(path.Child("rollingUpdate"), useless, "only allowed for updateStrategy 'RollingUpdate'");
                }

                break;
            case "RollingUpdate":
                if (strategy.Object("rollingUpdate") is { } rolling)
                {
                    errors.NotNegative(path.Child("rollingUpdate", "partition"), rolling.NumberOrNull("partition"));
                }

                break;
            default:
                errors.InvalidValue(path, strategy, "must be 'RollingUpdate' or 'OnDelete'");
                break;
        }
    }
}
