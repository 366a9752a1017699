using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Runs pods until enough of them have succeeded.</summary>
public sealed record Job : IApiObject
{
    /// <summary>API version that the object was read in; <c>batch/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "batch/v1"; } = "batch/v1";

    /// <summary>Always <c>Job</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "Job";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public JobSpec Spec { get; init => field = value ?? JobSpec.Default; } = JobSpec.Default;

    /// <summary>Observed state.</summary>
    public JobStatus Status { get; init => field = value ?? JobStatus.Default; } = JobStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
