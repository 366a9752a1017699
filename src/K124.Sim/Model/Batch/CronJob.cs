using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Makes jobs on a schedule.</summary>
public sealed record CronJob : IApiObject
{
    /// <summary>API version that the object was read in; <c>batch/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "batch/v1"; } = "batch/v1";

    /// <summary>Always <c>CronJob</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "CronJob";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public CronJobSpec Spec { get; init => field = value ?? CronJobSpec.Default; } = CronJobSpec.Default;

    /// <summary>Observed state.</summary>
    public CronJobStatus Status { get; init => field = value ?? CronJobStatus.Default; } = CronJobStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
