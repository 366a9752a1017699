using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Bounds on what a namespace may use in all.</summary>
public sealed record ResourceQuota : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>ResourceQuota</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "ResourceQuota";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public ResourceQuotaSpec Spec { get; init => field = value ?? ResourceQuotaSpec.Default; } = ResourceQuotaSpec.Default;

    /// <summary>Observed state.</summary>
    public ResourceQuotaStatus Status { get; init => field = value ?? ResourceQuotaStatus.Default; } = ResourceQuotaStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
