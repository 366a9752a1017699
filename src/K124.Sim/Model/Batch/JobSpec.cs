namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="Job"/>.</summary>
public sealed record JobSpec
{
    internal static readonly JobSpec Default = new();

    /// <summary>Most pods at one time; null counts as 1.</summary>
    public int? Parallelism { get; init; }

    /// <summary>Successes wanted; null lets any success finish the job.</summary>
    public int? Completions { get; init; }

    /// <summary>Seconds the job may be active.</summary>
    public long? ActiveDeadlineSeconds { get; init; }

    /// <summary>Failures allowed; null counts as 6.</summary>
    public int? BackoffLimit { get; init; }

    /// <summary>Pods it owns.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>True if the selector is the user's own.</summary>
    public bool? ManualSelector { get; init; }

    /// <summary>The pod it creates.</summary>
    public PodTemplateSpec Template { get; init => field = value ?? PodTemplateSpec.Default; } = PodTemplateSpec.Default;

    /// <summary>Seconds a finished job is kept (KEP-592).</summary>
    public int? TtlSecondsAfterFinished { get; init; }

    /// <summary><c>NonIndexed</c> (also when null) or <c>Indexed</c> (KEP-2214).</summary>
    public string? CompletionMode { get; init; }

    /// <summary>True while the job may have no pods (KEP-2232).</summary>
    public bool? Suspend { get; init; }
}
