using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Validation;
using K124.Sim.Time;

namespace K124.Sim.Kinds.Workloads;

/// <summary>CronJobs.</summary>
internal sealed class CronJobStrategy : KindStrategy
{
    private const int LongestName = 52;
    private const string TimeZoneGate = "CronJobTimeZone";

    private static readonly FieldPath SpecPath = FieldPath.Of("spec");
    private static readonly FieldPath TemplatePath = SpecPath.Child("jobTemplate");

    /// <inheritdoc/>
    public override string Group => "batch";

    /// <inheritdoc/>
    public override string Kind => "CronJob";

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override string GenerationMember => "spec";

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        var spec = tree.Ensure("spec");
        PodDefaults.FillTemplate(spec.Ensure("jobTemplate").Ensure("spec").Ensure("template"));
        spec.Default("concurrencyPolicy", "Allow");
        spec.Default("suspend", false);
        spec.Default("successfulJobsHistoryLimit", 3);
        spec.Default("failedJobsHistoryLimit", 1);
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        base.PrepareForCreate(tree, context);
        if (!context.Gates.IsEnabled(TimeZoneGate))
        {
            tree.Ensure("spec").Remove("timeZone");
        }

        PodDisabledFields.Drop(PodSpecOf(tree), null, context.Gates);
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        Spec(tree.Ensure("spec"), context, errors);
        var name = tree.Object("metadata").Text("name");
        if (name.Length > LongestName)
        {
            errors.Invalid(FieldPath.Of("metadata").Child("name"), name, $"must be no more than {LongestName} characters");
        }
    }

    /// <inheritdoc/>
    public override void WarnOnCreate(JsonObject tree, KindContext context)
    {
        WarnOfTemplate(tree, context);
        WarnOfZone(tree, context);
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        if (!context.Gates.IsEnabled(TimeZoneGate) && !old.Object("spec").Has("timeZone"))
        {
            tree.Ensure("spec").Remove("timeZone");
        }

        PodDisabledFields.Drop(PodSpecOf(tree), PodSpecOf(old), context.Gates);
        base.PrepareForUpdate(tree, old, context);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        Spec(tree.Ensure("spec"), context, errors);
    }

    /// <inheritdoc/>
    public override void WarnOnUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        if (tree.Object("metadata").Number("generation") != old.Object("metadata").Number("generation"))
        {
            WarnOfTemplate(tree, context);
        }

        WarnOfZone(tree, context);
    }

    private static JsonObject PodSpecOf(JsonObject tree) => tree.Object("spec", "jobTemplate").Object("spec", "template").Object("spec") ?? [];

    private static void WarnOfTemplate(JsonObject tree, KindContext context)
    {
        var template = tree.Object("spec", "jobTemplate").Object("spec", "template");
        PodWarnings.Warn(template.Object("metadata"), template.Object("spec"), TemplatePath.Child("spec", "template"), context);
    }

    private static void WarnOfZone(JsonObject tree, KindContext context)
    {
        if (tree.Object("spec").Text("schedule").Contains("TZ", StringComparison.Ordinal))
        {
            context.Warn(
                "CRON_TZ or TZ used in spec.spec.schedule is not officially supported, see "
                + "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");
        }
    }

    private static void Spec(JsonObject spec, KindContext context, FieldErrors errors)
    {
        var schedule = spec.Text("schedule");
        if (schedule.Length == 0)
        {
            errors.Required(SpecPath.Child("schedule"));
        }
        else if (!CronSchedule.TryParse(schedule, context.TimeZones, out _, out var problem))
        {
            errors.Invalid(SpecPath.Child("schedule"), schedule, problem);
        }

        TimeZone(spec, context, errors);
        errors.NotNegative(SpecPath.Child("startingDeadlineSeconds"), spec.NumberOrNull("startingDeadlineSeconds"));
        switch (spec.Text("concurrencyPolicy"))
        {
            case "Allow" or "Forbid" or "Replace":
                break;
            case "":
                errors.Required(SpecPath.Child("concurrencyPolicy"));
                break;
            case var other:
                errors.NotSupported(SpecPath.Child("concurrencyPolicy"), other, "Allow", "Forbid", "Replace");
                break;
        }

        JobTemplate(spec.Object("jobTemplate").Object("spec") ?? [], context, errors);
        errors.NotNegative(SpecPath.Child("successfulJobsHistoryLimit"), spec.NumberOrNull("successfulJobsHistoryLimit"));
        errors.NotNegative(SpecPath.Child("failedJobsHistoryLimit"), spec.NumberOrNull("failedJobsHistoryLimit"));
    }

    private static void TimeZone(JsonObject spec, KindContext context, FieldErrors errors)
    {
        if (spec.TextOrNull("timeZone") is not { } zone)
        {
            return;
        }

        if (spec.Text("schedule") is { Length: > 0 } schedule && schedule.Contains("TZ", StringComparison.Ordinal))
        {
            errors.Invalid(SpecPath.Child("schedule"), schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
        }

        var path = SpecPath.Child("timeZone");
        if (zone.Length == 0)
        {
            errors.Invalid(path, "", "timeZone must be nil or non-empty string");
        }
        else if (zone.Equals("Local", StringComparison.OrdinalIgnoreCase))
        {
            errors.Invalid(path, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        else if (CronSchedule.FindZone(zone, context.TimeZones) is null)
        {
            errors.Invalid(path, zone, $"unknown time zone {zone}");
        }
    }

    private static void JobTemplate(JsonObject spec, KindContext context, FieldErrors errors)
    {
        var path = TemplatePath.Child("spec");
        JobSpecRules.Validate(spec, context, path, errors);
        if (spec.Object("selector") is { } selector)
        {
            errors.InvalidValue(path.Child("selector"), selector, "`selector` will be auto-generated");
        }

        if (spec.Flag("manualSelector"))
        {
            errors.NotSupportedPrinted(path.Child("manualSelector"), "true", "nil", "false");
        }
    }
}
