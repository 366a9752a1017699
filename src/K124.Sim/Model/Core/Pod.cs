using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A group of containers placed together on one node.</summary>
public sealed record Pod : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>Pod</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "Pod";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public PodSpec Spec { get; init => field = value ?? PodSpec.Default; } = PodSpec.Default;

    /// <summary>Observed state.</summary>
    public PodStatus Status { get; init => field = value ?? PodStatus.Default; } = PodStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
