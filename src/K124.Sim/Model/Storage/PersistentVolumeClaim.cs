using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A request for storage.</summary>
public sealed record PersistentVolumeClaim : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>PersistentVolumeClaim</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "PersistentVolumeClaim";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public PersistentVolumeClaimSpec Spec { get; init => field = value ?? PersistentVolumeClaimSpec.Default; } = PersistentVolumeClaimSpec.Default;

    /// <summary>Observed state.</summary>
    public PersistentVolumeClaimStatus Status { get; init => field = value ?? PersistentVolumeClaimStatus.Default; } = PersistentVolumeClaimStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
