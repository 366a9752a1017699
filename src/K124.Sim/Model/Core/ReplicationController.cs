using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Keeps a number of pods running.</summary>
public sealed record ReplicationController : IApiObject
{
    /// <summary>API version that the object was read in; <c>v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "v1"; } = "v1";

    /// <summary>Always <c>ReplicationController</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "ReplicationController";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public ReplicationControllerSpec Spec { get; init => field = value ?? ReplicationControllerSpec.Default; } = ReplicationControllerSpec.Default;

    /// <summary>Observed state.</summary>
    public ReplicationControllerStatus Status { get; init => field = value ?? ReplicationControllerStatus.Default; } = ReplicationControllerStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
