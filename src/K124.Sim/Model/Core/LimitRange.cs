using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Defaults and bounds of resources in a namespace.</summary>
public sealed record LimitRange : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>LimitRange</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "LimitRange";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public LimitRangeSpec Spec { get; init => field = value ?? LimitRangeSpec.Default; } = LimitRangeSpec.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
