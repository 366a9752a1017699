namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="CronJob"/>.</summary>
public sealed record CronJobSpec
{
    internal static readonly CronJobSpec Default = new();

    /// <summary>Schedule in cron form.</summary>
    public string Schedule { get; init => field = value ?? ""; } = "";

    /// <summary>Time zone name (KEP-3140, gate CronJobTimeZone).</summary>
    public string? TimeZone { get; init; }

    /// <summary>Seconds a missed start may be late.</summary>
    public long? StartingDeadlineSeconds { get; init; }

    /// <summary><c>Allow</c> (also when empty), <c>Forbid</c> or <c>Replace</c>.</summary>
    public string ConcurrencyPolicy { get; init => field = value ?? ""; } = "";

    /// <summary>True while no jobs are made.</summary>
    public bool? Suspend { get; init; }

    /// <summary>The job it makes.</summary>
    public JobTemplateSpec JobTemplate { get; init => field = value ?? JobTemplateSpec.Default; } = JobTemplateSpec.Default;

    /// <summary>Successful jobs kept; null counts as 3.</summary>
    public int? SuccessfulJobsHistoryLimit { get; init; }

    /// <summary>Failed jobs kept; null counts as 1.</summary>
    public int? FailedJobsHistoryLimit { get; init; }
}
