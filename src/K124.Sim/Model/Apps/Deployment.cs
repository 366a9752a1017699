using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Rolls out pods of one template through ReplicaSets.</summary>
public sealed record Deployment : IApiObject
{
    /// <summary>API version that the object was read in; <c>apps/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "apps/v1"; } = "apps/v1";

    /// <summary>Always <c>Deployment</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "Deployment";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public DeploymentSpec Spec { get; init => field = value ?? DeploymentSpec.Default; } = DeploymentSpec.Default;

    /// <summary>Observed state.</summary>
    public DeploymentStatus Status { get; init => field = value ?? DeploymentStatus.Default; } = DeploymentStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
