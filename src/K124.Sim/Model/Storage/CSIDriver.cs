using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A CSI driver installed in the cluster.</summary>
public sealed record CSIDriver : IApiObject
{
    /// <summary>API version that the object was read in; <c>storage.k8s.io/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "storage.k8s.io/v1"; } = "storage.k8s.io/v1";

    /// <summary>Always <c>CSIDriver</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "CSIDriver";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public CSIDriverSpec Spec { get; init => field = value ?? CSIDriverSpec.Default; } = CSIDriverSpec.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
