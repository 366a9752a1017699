using K124.Sim.Batch.Jobs;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Time;

namespace K124.Sim.Batch.CronJobs;

/// <summary>What the API server does with a CronJob on create: defaults and validation.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/batch/cronjob, pkg/apis/batch/validation, KEP-3140.</remarks>
public static class CronJobStrategy
{
    // Room for the time that the controller appends to the names of its Jobs.
    private const int LongestName = 52;

    /// <summary>Applies defaults to a CronJob and checks it. The time zone is looked at whatever the gate says: the server drops it before.</summary>
    /// <param name="cronJob">The CronJob as sent.</param>
    /// <param name="timeZones">Finds a time zone by its IANA name; null where there is none.</param>
    /// <returns>The CronJob with defaults, or why it is refused.</returns>
    public static CronJobAdmission Validate(CronJob cronJob, Func<string, TimeZoneInfo?> timeZones)
    {
        ArgumentNullException.ThrowIfNull(cronJob);
        ArgumentNullException.ThrowIfNull(timeZones);
        cronJob = cronJob with { Spec = JobDefaults.Apply(cronJob.Spec) };
        var errors = new FieldErrors();
        JobValidation.ValidateMetadata(cronJob.Metadata, errors);
        if (cronJob.Metadata.Name.Length > LongestName)
        {
            errors.Invalid("metadata.name", cronJob.Metadata.Name, $"must be no more than {LongestName} characters");
        }

        ValidateSchedule(cronJob.Spec, timeZones, errors);
        ValidateTimeZone(cronJob.Spec.TimeZone, timeZones, errors);
        ValidateRest(cronJob.Spec, errors);
        var found = errors.ToImmutable();
        return new(found.IsEmpty ? cronJob : null, found);
    }

    /// <summary>Creates a CronJob: without the gate CronJobTimeZone its time zone is dropped, then it is checked.</summary>
    /// <param name="cronJob">The CronJob as sent.</param>
    /// <param name="timeZones">Finds a time zone by its IANA name; null where there is none.</param>
    /// <param name="gates">Feature gates; the defaults of 1.24 if null.</param>
    /// <returns>The CronJob with defaults, or why it is refused.</returns>
    public static CronJobAdmission Create(CronJob cronJob, Func<string, TimeZoneInfo?> timeZones, JobFeatureGates? gates = null)
    {
        ArgumentNullException.ThrowIfNull(cronJob);
        return Validate(
            (gates ?? JobFeatureGates.Default).CronJobTimeZone ? cronJob : cronJob with { Spec = cronJob.Spec with { TimeZone = null } }, timeZones);
    }

    private static void ValidateSchedule(CronJobSpec spec, Func<string, TimeZoneInfo?> timeZones, FieldErrors errors)
    {
        const string Field = "spec.schedule";
        if (spec.Schedule.Length == 0)
        {
            errors.Required(Field);
            return;
        }

        if (!CronSchedule.TryParse(spec.Schedule, timeZones, out _, out var error))
        {
            errors.Invalid(Field, spec.Schedule, error);
        }

        if (spec.TimeZone is not null && spec.Schedule.Contains("TZ", StringComparison.Ordinal))
        {
            errors.Invalid(Field, spec.Schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
        }
    }

    private static void ValidateTimeZone(string? timeZone, Func<string, TimeZoneInfo?> timeZones, FieldErrors errors)
    {
        const string Field = "spec.timeZone";
        if (timeZone is null)
        {
            return;
        }

        if (timeZone.Length == 0)
        {
            errors.Invalid(Field, "", "timeZone must be nil or non-empty string");
        }
        else if (timeZone.Equals("Local", StringComparison.OrdinalIgnoreCase))
        {
            errors.Invalid(Field, timeZone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        else if (CronSchedule.FindZone(timeZone, timeZones) is null)
        {
            errors.Invalid(Field, timeZone, $"unknown time zone {timeZone}");
        }
    }

    private static void ValidateRest(CronJobSpec spec, FieldErrors errors)
    {
        errors.NotNegative("spec.startingDeadlineSeconds", spec.StartingDeadlineSeconds);
        if (spec.ConcurrencyPolicy is not ("Allow" or "Forbid" or "Replace"))
        {
            errors.NotSupported("spec.concurrencyPolicy", spec.ConcurrencyPolicy, "Allow", "Forbid", "Replace");
        }

        var template = spec.JobTemplate.Spec;
        JobValidation.ValidateSpec(template, "spec.jobTemplate.spec", errors);
        if (template.Selector is { } selector)
        {
            errors.InvalidPrinted("spec.jobTemplate.spec.selector", SelectorText.Selector(selector), "`selector` will be auto-generated");
        }

        if (template.ManualSelector == true)
        {
            errors.NotSupportedPrinted("spec.jobTemplate.spec.manualSelector", "true", "nil", "false");
        }

        errors.NotNegative("spec.successfulJobsHistoryLimit", spec.SuccessfulJobsHistoryLimit);
        errors.NotNegative("spec.failedJobsHistoryLimit", spec.FailedJobsHistoryLimit);
    }
}
