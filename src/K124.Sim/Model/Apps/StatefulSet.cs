using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Keeps numbered pods with stable names and storage.</summary>
public sealed record StatefulSet : IApiObject
{
    /// <summary>API version that the object was read in; <c>apps/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "apps/v1"; } = "apps/v1";

    /// <summary>Always <c>StatefulSet</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "StatefulSet";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public StatefulSetSpec Spec { get; init => field = value ?? StatefulSetSpec.Default; } = StatefulSetSpec.Default;

    /// <summary>Observed state.</summary>
    public StatefulSetStatus Status { get; init => field = value ?? StatefulSetStatus.Default; } = StatefulSetStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
