namespace K124.Sim.Model;

/// <summary>The job that a CronJob makes.</summary>
public sealed record JobTemplateSpec
{
    internal static readonly JobTemplateSpec Default = new();

    /// <summary>Metadata for created jobs.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Specification for created jobs.</summary>
    public JobSpec Spec { get; init => field = value ?? JobSpec.Default; } = JobSpec.Default;
}
