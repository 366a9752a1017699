using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A request for a certificate, and what became of it.</summary>
public sealed record CertificateSigningRequest : IApiObject
{
    /// <summary>API version that the object was read in; <c>certificates.k8s.io/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "certificates.k8s.io/v1"; } = "certificates.k8s.io/v1";

    /// <summary>Always <c>CertificateSigningRequest</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "CertificateSigningRequest";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>What is asked for.</summary>
    public CertificateSigningRequestSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>What was decided; null if nothing was.</summary>
    public CertificateSigningRequestStatus? Status { get; init; }

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
