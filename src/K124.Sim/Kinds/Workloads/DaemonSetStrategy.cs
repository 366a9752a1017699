using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Workloads;

/// <summary>DaemonSets.</summary>
internal sealed class DaemonSetStrategy : WorkloadStrategy
{
    // The generation of the template, which is no member any more.
    private const string TemplateGeneration = "deprecated.daemonset.template.generation";

    /// <inheritdoc/>
    public override string Group => "apps";

    /// <inheritdoc/>
    public override string Kind => "DaemonSet";

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        base.PrepareForCreate(tree, context);
        SetTemplateGeneration(tree, 1);
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        base.PrepareForUpdate(tree, old, context);
        var before = TemplateGenerationOf(old);
        var specType = SchemaIn("v1").Field("spec").Shape.Type!;
        var isTemplateChanged = !SchemaEquality.MemberEquals(specType, tree.Object("spec"), old.Object("spec"), "template");
        var now = isTemplateChanged ? before + 1 : before;
        SetTemplateGeneration(tree, now);
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        base.PrepareForStatusUpdate(tree, old, context);
        SetTemplateGeneration(tree, TemplateGenerationOf(old));
    }

    /// <inheritdoc/>
    public override void WarnOnUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        if (TemplateGenerationOf(tree) != TemplateGenerationOf(old))
        {
            WarnOfTemplate(tree, context);
        }
    }

    /// <inheritdoc/>
    protected override bool ValidatesWholeOnUpdate => true;

    /// <inheritdoc/>
    protected override void DefaultSpec(JsonObject tree, JsonObject spec)
    {
        var strategy = spec.Ensure("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            var rolling = strategy.Ensure("rollingUpdate");
            rolling.Default("maxUnavailable", 1);
            rolling.Default("maxSurge", 0);
        }

        if (strategy.Object("rollingUpdate") is { } given)
        {
            given.Default("maxUnavailable", 0);
            given.Default("maxSurge", 0);
        }

        spec.Default("revisionHistoryLimit", 10);
    }

    /// <inheritdoc/>
    protected override void ValidateSpec(JsonObject spec, KindContext context, FieldErrors errors)
    {
        var selector = spec.Object("selector");
        var template = spec.Object("template");
        LabelRules.Selector(selector, SpecPath.Child("selector"), errors);
        if (LabelMatch.IsUsable(selector) && !LabelMatch.Matches(selector, template.Object("metadata", "labels")))
        {
            TemplateRules.Matches(selector, template, TemplatePath, errors);
        }

        if (selector is not null && LabelMatch.IsEmpty(selector))
        {
            errors.InvalidValue(SpecPath.Child("selector"), selector, "empty selector is invalid for daemonset");
        }

        TemplateRules.Template(template, context.AllowsPrivileged, TemplatePath, errors);
        TemplateRules.SharedDisks(template, TemplatePath, errors);
        TemplateRules.RunsForever(template, "DaemonSet", TemplatePath, errors);
        errors.NotNegative(SpecPath.Child("minReadySeconds"), spec.Number("minReadySeconds"));
        Strategy(spec.Object("updateStrategy") ?? [], SpecPath.Child("updateStrategy"), errors);
        errors.NotNegative(SpecPath.Child("revisionHistoryLimit"), spec.NumberOrNull("revisionHistoryLimit"));
    }

    /// <inheritdoc/>
    protected override void ValidateStatus(JsonObject? status, JsonObject? old, FieldErrors errors)
    {
        StatusCounters.NotNegative(
            status, errors, "currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady", "observedGeneration",
            "updatedNumberScheduled", "numberAvailable", "numberUnavailable", "collisionCount");
        StatusCounters.Collisions(status, old, errors);
    }

    private static long TemplateGenerationOf(JsonObject tree) =>
        long.TryParse(
            tree.Object("metadata", "annotations").Text(TemplateGeneration), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation)
            ? generation
            : 0;

    private static void SetTemplateGeneration(JsonObject tree, long generation) =>
        tree.Ensure("metadata").Ensure("annotations")[TemplateGeneration] = generation.ToString(CultureInfo.InvariantCulture);

    private static void Strategy(JsonObject strategy, FieldPath path, FieldErrors errors)
    {
        switch (strategy.Text("type"))
        {
            case "OnDelete":
                break;
            case "RollingUpdate":
                if (strategy.Object("rollingUpdate") is { } rolling)
                {
                    Rolling(rolling, path.Child("rollingUpdate"), errors);
                }
                else
                {
                    errors.Required(path.Child("rollingUpdate"));
                }

                break;
            default:
                errors.NotSupportedPrinted(path, GoSyntax.Print(strategy), "RollingUpdate", "OnDelete");
                break;
        }
    }

    private static void Rolling(JsonObject rolling, FieldPath path, FieldErrors errors)
    {
        var unavailable = rolling["maxUnavailable"];
        var surge = rolling["maxSurge"];
        var unavailablePath = path.Child("maxUnavailable");
        var surgePath = path.Child("maxSurge");
        RolloutRules.NumberOrPercent(unavailable, unavailablePath, errors);
        RolloutRules.NotMoreThanWhole(unavailable, unavailablePath, errors);
        RolloutRules.NumberOrPercent(surge, surgePath, errors);
        RolloutRules.NotMoreThanWhole(surge, surgePath, errors);
        var hasUnavailable = RolloutRules.Amount(unavailable) != 0;
        var hasSurge = RolloutRules.Amount(surge) != 0;
        if (hasUnavailable && hasSurge)
        {
            errors.InvalidPrinted(surgePath, RolloutRules.Printed(surge), "may not be set when maxUnavailable is non-zero");
        }
        else if (!hasUnavailable && !hasSurge)
        {
            errors.Required(unavailablePath, "cannot be 0 when maxSurge is 0");
        }
    }
}
