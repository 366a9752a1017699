using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A volume that is to be attached to a node.</summary>
public sealed record VolumeAttachment : IApiObject
{
    /// <summary>API version that the object was read in; <c>storage.k8s.io/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "storage.k8s.io/v1"; } = "storage.k8s.io/v1";

    /// <summary>Always <c>VolumeAttachment</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "VolumeAttachment";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public VolumeAttachmentSpec Spec { get; init => field = value ?? VolumeAttachmentSpec.Default; } = VolumeAttachmentSpec.Default;

    /// <summary>Observed state.</summary>
    public VolumeAttachmentStatus Status { get; init => field = value ?? VolumeAttachmentStatus.Default; } = VolumeAttachmentStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
