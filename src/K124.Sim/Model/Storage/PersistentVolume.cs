using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A piece of storage of the cluster.</summary>
public sealed record PersistentVolume : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>PersistentVolume</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "PersistentVolume";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public PersistentVolumeSpec Spec { get; init => field = value ?? PersistentVolumeSpec.Default; } = PersistentVolumeSpec.Default;

    /// <summary>Observed state.</summary>
    public PersistentVolumeStatus Status { get; init => field = value ?? PersistentVolumeStatus.Default; } = PersistentVolumeStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
