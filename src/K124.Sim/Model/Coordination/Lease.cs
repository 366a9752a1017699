using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A lock that its holder renews.</summary>
public sealed record Lease : IApiObject
{
    /// <summary>API version that the object was read in; <c>coordination.k8s.io/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "coordination.k8s.io/v1"; } = "coordination.k8s.io/v1";

    /// <summary>Always <c>Lease</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "Lease";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public LeaseSpec Spec { get; init => field = value ?? LeaseSpec.Default; } = LeaseSpec.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
