using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A scope for names.</summary>
public sealed record Namespace : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>Namespace</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "Namespace";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public NamespaceSpec Spec { get; init => field = value ?? NamespaceSpec.Default; } = NamespaceSpec.Default;

    /// <summary>Observed state.</summary>
    public NamespaceStatus Status { get; init => field = value ?? NamespaceStatus.Default; } = NamespaceStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
