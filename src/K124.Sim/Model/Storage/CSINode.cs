using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>The CSI drivers of one node.</summary>
public sealed record CSINode : IApiObject
{
    /// <summary>API version that the object was read in; <c>storage.k8s.io/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "storage.k8s.io/v1"; } = "storage.k8s.io/v1";

    /// <summary>Always <c>CSINode</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "CSINode";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public CSINodeSpec Spec { get; init => field = value ?? CSINodeSpec.Default; } = CSINodeSpec.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
