using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Keeps a number of pods of one template running.</summary>
public sealed record ReplicaSet : IApiObject
{
    /// <summary>API version that the object was read in; <c>apps/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "apps/v1"; } = "apps/v1";

    /// <summary>Always <c>ReplicaSet</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "ReplicaSet";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public ReplicaSetSpec Spec { get; init => field = value ?? ReplicaSetSpec.Default; } = ReplicaSetSpec.Default;

    /// <summary>Observed state.</summary>
    public ReplicaSetStatus Status { get; init => field = value ?? ReplicaSetStatus.Default; } = ReplicaSetStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
